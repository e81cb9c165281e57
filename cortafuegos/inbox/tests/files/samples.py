"""Files as people have them, made here: whole ones, cut ones, and ones that pretend."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image


def picture(
    form: str = "JPEG", size: tuple[int, int] = (64, 48), *, noisy: bool = False, **options: object
) -> bytes:
    image = Image.effect_noise(size, 90).convert("RGB") if noisy else Image.new("RGB", size, "#2253c9")
    if options.pop("see_through", False):
        image.putalpha(120)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def where_it_was_taken() -> bytes:
    """A picture that says where, with what, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "Telefono Secreto"
    exif.get_ifd(0x8825)[2] = (40.0, 26.0, 46.0)
    return picture(size=(64, 48), exif=exif.tobytes())


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that says it has ``side`` squared points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def moving(frames: int = 3, **options: object) -> bytes:
    first, *rest = (Image.new("RGB", (32, 32), (40 * n, 0, 0)) for n in range(frames))
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=rest, **options)
    return out.getvalue()


def document(folder: str = "word/", *extra: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in ("[Content_Types].xml", f"{folder}document.xml", *extra):
            parts.writestr(name, "x")
    return out.getvalue()


def film() -> bytes:
    return b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 400


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
