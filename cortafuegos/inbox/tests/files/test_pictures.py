"""Pictures are made anew: what is hidden in them stays behind, what is broken never gets in."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageSequence

from cortafuegos.inbox.files import pictures
from cortafuegos.inbox.tests.files import samples


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def test_place_and_camera_stay_behind_and_it_stands_upright():
    found = pictures.cleaned(samples.where_it_was_taken())
    assert b"Secreto" not in found.body and not opened(found.body).getexif()
    assert (found.width, found.height) == opened(found.body).size == (48, 64)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_hangs_behind_a_picture_stays_behind(form):
    found = pictures.cleaned(samples.picture(form) + b"<script>alert(1)</script>PK\x03\x04")
    assert b"script" not in found.body and found.media_type == f"image/{form.lower()}"


def test_words_inside_a_png_stay_behind():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    assert b"script" not in pictures.cleaned(samples.picture("PNG", pnginfo=words)).body


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_cut_picture_is_refused(form):
    body = samples.picture(form, (300, 300), noisy=True)
    with pytest.raises(pictures.Unusable):
        pictures.cleaned(body[: len(body) // 2])


def test_a_bomb_does_not_go_off():
    with pytest.raises(pictures.TooManyPoints):
        pictures.cleaned(samples.bomb())
    with pytest.raises(pictures.TooManyPoints):
        pictures.cleaned(samples.bomb(9_000))


@pytest.mark.parametrize(
    "body", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 "]
)
def test_heads_alone_are_no_pictures(body):
    with pytest.raises(pictures.Unusable):
        pictures.cleaned(body)


def frames_of(body):
    with Image.open(io.BytesIO(body)) as image:
        return image.info.get("loop"), [
            (frame.convert("RGB").tobytes(), frame.info.get("duration"))
            for frame in ImageSequence.Iterator(image)
        ]


def test_a_moving_gif_keeps_its_frames_and_nothing_that_hides_in_it():
    place = b"40.43N 3.70W, calle Secreta 7"
    comment = b"!\xfe" + bytes([len(place)]) + place + b"\0"
    program = b"!\xff\x0bXMP DataXMP" + bytes([len(place)]) + place + b"\0"
    plain = b"!\x01\x0c" + bytes(12) + bytes([len(place)]) + place + b"\0"
    body = samples.moving(loop=0, duration=[40, 70, 200])
    head = 13 + 3 * 2 ** ((body[10] & 7) + 1)
    laden = body[:head] + comment + program + plain + body[head:] + b"PK\3\4" + place
    assert frames_of(laden) == frames_of(body)
    found = pictures.cleaned(laden)
    assert place not in found.body and found.body.endswith(b";") and b"XMP" not in found.body
    assert frames_of(found.body) == frames_of(body)
    assert pictures.cleaned(found.body).body == found.body
    assert (found.width, found.height) == (32, 32)


def test_a_cut_gif_does_not_go_at_all():
    with pytest.raises(pictures.Unusable):
        pictures.cleaned(samples.moving(30)[:-40])


def test_other_moving_pictures_are_refused():
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    out = io.BytesIO()
    first.save(out, "WEBP", save_all=True, append_images=[second])
    with pytest.raises(pictures.Moving):
        pictures.cleaned(out.getvalue())


def test_what_is_seen_through_stays_so_and_a_webp_becomes_what_all_take():
    assert pictures.cleaned(samples.picture("WEBP")).media_type == "image/jpeg"
    found = pictures.cleaned(samples.picture("WEBP", see_through=True))
    assert (found.media_type, opened(found.body).mode) == ("image/png", "RGBA")


def test_nothing_is_longer_than_networks_show():
    found = pictures.cleaned(samples.picture("PNG", (6000, 10)))
    assert (found.width, found.height) == (4096, 7)


@pytest.mark.parametrize(("form", "see_through"), [("JPEG", False), ("PNG", False), ("PNG", True)])
def test_a_picture_is_made_to_fit(form, see_through):
    body = samples.picture(form, (900, 700), noisy=True, see_through=see_through)
    whole = pictures.Picture(body, f"image/{form.lower()}", 900, 700)
    for most in (200_000, 60_000):
        assert len(body) > most
        smaller = pictures.fitted(whole, most)
        shown = opened(smaller.body)
        assert len(smaller.body) <= most
        assert (shown.size, f"image/{shown.format.lower()}") == (
            (smaller.width, smaller.height),
            smaller.media_type,
        )
        assert (shown.mode == "RGBA") == see_through
    assert pictures.fitted(whole, len(body)) is whole


def test_what_cannot_fit_says_so():
    with pytest.raises(pictures.Unusable):
        pictures.fitted(
            pictures.Picture(samples.picture(noisy=True, size=(900, 700)), "image/jpeg", 900, 700), 500
        )
