"""Pictures, made anew from their own points: no place, camera or hidden passenger goes along.

Pillow does the work (docs/decisions/0012). It is imported late: most processes never see a picture.
"""

from __future__ import annotations

import io
import struct
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cortafuegos.inbox.files import gifs

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 4096  # points; no network shows more
MOST_POINTS = 64_000_000  # of a picture as it comes; telephones make 50 million
MOST_MOVING = 150_000_000  # points of all frames of a moving one together
_QUALITY = 90
_STEPS = ((1.0, 85), (1.0, 75), (0.75, 80), (0.5, 80), (0.35, 75), (0.25, 70), (0.12, 60))
_one_at_a_time = threading.Lock()  # one large picture takes a quarter of a gigabyte


class Unusable(Exception):
    """It cannot be opened whole: cut short, forged or broken."""


class TooManyPoints(Unusable):
    pass


class Moving(Unusable):
    """A moving picture in a form that networks show as a still one."""


@dataclass(frozen=True, slots=True)
class Picture:
    body: bytes
    media_type: str  # image/jpeg, image/png or image/gif
    width: int  # points
    height: int


def cleaned(body: bytes) -> Picture:
    """The picture as the desk keeps it, upright. Raises Unusable."""
    from PIL import Image, ImageOps

    with _one_at_a_time:
        try:
            with Image.open(io.BytesIO(body), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
                if image.width * image.height > MOST_POINTS:
                    raise TooManyPoints
                frames = getattr(image, "n_frames", 1) if image.format in ("GIF", "PNG", "WEBP") else 1
                if frames > 1:
                    return _moving(image, body, frames)
                if image.format == "JPEG":  # decoded at half its size where that is enough
                    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                image.load()
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                return _still(upright, lossy=image.format in ("JPEG", "MPO", "WEBP"))
        except Image.DecompressionBombError:
            raise TooManyPoints from None
        except (
            OSError,
            SyntaxError,
            ValueError,
            EOFError,
            MemoryError,
            OverflowError,
            struct.error,
        ) as error:
            raise Unusable from error


def fitted(picture: Picture, most: int) -> Picture:
    """The same picture in at most ``most`` bytes: as it is where it fits, else with fewer points. Raises
    Unusable when it does not fit at any size worth looking at."""
    from PIL import Image

    if len(picture.body) <= most:
        return picture
    with _one_at_a_time, Image.open(io.BytesIO(picture.body), formats=("PNG", "JPEG")) as image:
        image.load()
        for scale, quality in _STEPS:
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            smaller = image if scale == 1.0 else image.resize(size)
            if _see_through(image) and scale == 1.0:
                continue  # lossless already: only fewer points make it smaller
            found = _still(smaller, lossy=True, quality=quality)
            if len(found.body) <= most:
                return found
    raise Unusable


def _moving(image: Image.Image, body: bytes, frames: int) -> Picture:
    if image.format != "GIF":
        raise Moving
    if image.width * image.height * frames > MOST_MOVING:
        raise TooManyPoints
    for frame in range(frames):
        image.seek(frame)
        image.load()
    return Picture(gifs.bare(body), "image/gif", image.width, image.height)


def _still(image: Image.Image, *, lossy: bool, quality: int = _QUALITY) -> Picture:
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA", "L") else None
    see_through = _see_through(image)
    if see_through:
        plain = image.convert("RGBA")
    elif lossy:
        plain = image if image.mode == "L" else image.convert("RGB")
    else:
        plain = image if image.mode in ("1", "L", "RGB") else image.convert("RGB")
    plain.info = {}
    out = io.BytesIO()
    kept = {"icc_profile": profile} if isinstance(profile, bytes) and len(profile) < 100_000 else {}
    if lossy and not see_through:
        plain.save(out, "JPEG", quality=quality, optimize=True, **kept)
        return Picture(out.getvalue(), "image/jpeg", *plain.size)
    plain.save(out, "PNG", **kept)
    return Picture(out.getvalue(), "image/png", *plain.size)


def _see_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
