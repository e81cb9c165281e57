"""What a file is, by its own bytes. What the browser or the name says of it counts for nothing.

Only what customers are sent leaves the desk: pictures, films, sounds, PDF, office documents, text.
A web page, an SVG, a program or an archive is none of them.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

EXTENSIONS: dict[str, tuple[str, ...]] = {  # the first is given to a name that has none of them
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov",),
    "video/3gpp": ("3gp",),
    "audio/mp4": ("m4a",),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/aac": ("aac",),
    "audio/amr": ("amr",),
    "application/pdf": ("pdf",),
    "text/plain": ("txt", "md", "log"),
    "text/csv": ("csv",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
}
_HEADS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
)
_FILMS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash")
_OFFICE = {
    "word/": "wordprocessingml.document",
    "xl/": "spreadsheetml.sheet",
    "ppt/": "presentationml.presentation",
}
_MOST_PARTS = 5_000  # of a document
_MACROS = ("basic/", "scripts/")  # where OpenDocument keeps its programs
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, ValueError),
    *(EOFError, zlib.error, lzma.LZMAError),  # a part that is cut or no stream of its sort
)


def media_type(body: bytes, name: str = "") -> str:
    """Empty when it is nothing that leaves. ``name`` only tells a table of text from other text."""
    for head, found in _HEADS:
        if body.startswith(head):
            return found
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == b"ftyp":
        return _film(body[8:12])
    if body.startswith(b"PK\x03\x04"):
        return _document(body)
    if _is_text(body):
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    return ""


def kind(media_type: str) -> str:
    """As the contract's ``Attachment`` calls it."""
    whole = media_type.partition("/")[0]
    return whole if whole in ("image", "video", "audio") else "file"


def _film(brand: bytes) -> str:
    if brand == b"M4A ":
        return "audio/mp4"
    if brand == b"qt  ":
        return "video/quicktime"
    if brand[:3] == b"3gp":
        return "video/3gpp"
    return "video/mp4" if brand in _FILMS else ""


def _document(body: bytes) -> str:
    """Of an office, by the names of its parts; nothing is unpacked but a short declaration."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            names = parts.namelist()
            if len(names) > _MOST_PARTS or any(_is_program(one.lower()) for one in names):
                return ""
            if names and names[0] == "mimetype" and parts.getinfo("mimetype").file_size < 100:
                declared = parts.read("mimetype").decode("ascii", "replace").strip()
                return declared if declared in EXTENSIONS else ""
    except _BROKEN:
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    found = (end for folder, end in _OFFICE.items() if any(one.startswith(folder) for one in names))
    end = next(found, "")
    return f"application/vnd.openxmlformats-officedocument.{end}" if end else ""


def _is_program(part: str) -> bool:
    return "vbaproject" in part or part.startswith(_MACROS)


def _is_text(body: bytes) -> bool:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if text.lstrip()[:1] in ("", "<"):  # markup of any sort may do things where it is opened
        return False
    return not text.startswith("#!") and all(letter >= " " or letter in "\t\n\r\f" for letter in text)
