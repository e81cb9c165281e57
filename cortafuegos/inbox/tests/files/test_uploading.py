"""Files given to the desk over HTTP by people who work there, by those who do not, and by worse."""

from __future__ import annotations

import io
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connections
from django.test import Client

from cortafuegos.inbox.actions import drafts, filing
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import File, FileBody
from cortafuegos.inbox.tests.files import samples
from cortafuegos.inbox.tests.world import World, a_world, marta
from cortafuegos.inbox.views import files as views
from cortafuegos.kit import clock


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def put(world: World, body: bytes, name: str = "foto.png", who: str = "lucia", **given: Any) -> Any:
    uid = given.pop("uid", None) or uuid.uuid4()
    client: Client = given.pop("client", None) or world.client(getattr(world, who))
    headers = {"X-File-Name": quote(name), **given.pop("headers", {})}
    kind = given.pop("content_type", "image/svg+xml")  # a lie, as good as any
    return client.put(world.url(f"files/{uid}"), body, content_type=kind, headers=headers, **given)


def test_a_picture_is_kept_and_shown_so_that_it_can_do_nothing(world):
    told = put(world, samples.where_it_was_taken(), "../playa.jpeg").json()
    assert (told["kind"], told["name"], told["media_type"]) == ("image", "playa.jpeg", "image/jpeg")
    shown = world.client(world.delia).get(world.url(f"files/{told['file']}"))
    assert shown["Content-Type"] == "image/jpeg" and len(shown.content) == told["size"]
    assert shown["X-Content-Type-Options"] == "nosniff" and "sandbox" in shown["Content-Security-Policy"]
    assert shown["Cache-Control"].startswith("private") and b"Secreto" not in shown.content


def test_other_files_are_downloads(world):
    told = put(world, samples.PDF, "condiciones <b>.pdf").json()
    given = world.client(world.lucia).get(world.url(f"files/{told['file']}"))
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "empty"),
        (b"<svg onload='alert(1)'/>", 422, "no_such_sort"),
        (b"<!doctype html><script>alert(1)</script>", 422, "no_such_sort"),
        (b"MZ" + b"\0" * 300, 422, "no_such_sort"),
        (samples.picture("PNG", (200, 200), noisy=True)[:900], 422, "broken"),
        (samples.bomb(), 413, "too_large"),
    ],
)
def test_what_does_not_get_in(world, body, status, code):
    answer = put(world, body)
    assert (answer.status_code, answer["X-Code"]) == (status, code)
    assert not File.objects.exists()


def test_too_large_is_told_before_a_byte_is_read(world, monkeypatch):
    monkeypatch.setattr(filing, "MOST_BYTES", 1_000)
    answer = put(world, b"x" * 1_001, "a.txt")
    assert (answer.status_code, answer["X-Code"]) == (413, "too_large")
    assert put(world, b"x" * 1_000, "a.txt").status_code == 200


def test_one_that_was_cut_on_its_way_is_not_kept(world):
    cut = {"wsgi.input": io.BytesIO(samples.PDF), "CONTENT_LENGTH": str(len(samples.PDF) + 10)}
    answer = put(world, samples.PDF, "a.pdf", **cut)
    assert (answer.status_code, answer["X-Code"]) == (422, "cut_short")
    assert not File.objects.exists()


def test_a_form_is_no_file(world):
    """Nothing is spooled to the disk behind our back: only the body itself is read."""
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\nhola\r\n--x--\r\n'
    told = put(world, body, "a.txt", content_type="multipart/form-data; boundary=x").json()
    assert told["media_type"] == "text/plain" and told["size"] == len(body)


def test_the_same_file_again_is_the_same_file(world):
    uid = uuid.uuid4()
    first = put(world, samples.picture(), uid=uid).json()
    assert put(world, samples.PDF, "otro.pdf", uid=uid).json() == first
    taken = put(world, samples.PDF, "suyo.pdf", uid=uid, who="bruno")
    assert (taken.status_code, taken["X-Code"]) == (403, "not_yours")
    assert File.objects.count() == 1


def test_nobody_else_gets_at_it(world):
    told = put(world, samples.picture()).json()
    there = world.url(f"files/{told['file']}")
    assert Client().get(there).status_code == 302
    assert world.client(world.olga).get(there).status_code == 404
    elsewhere = there.replace(world.brand.slug, world.elsewhere.slug, 1)
    assert world.client(world.olga).get(elsewhere).status_code == 404
    assert put(world, samples.picture(), who="olga").status_code == 404
    assert Client().put(there, b"x").status_code == 302


def test_a_forged_form_gets_nothing_in(world):
    client = world.client(world.lucia, enforce_csrf_checks=True)
    assert put(world, samples.picture(), client=client).status_code == 403
    assert not File.objects.exists()


def test_slow_telephones_leave_the_other_threads_alone(world):
    for _slot in range(views.AT_ONCE):
        assert views._slots.acquire(blocking=False)
    try:
        answer = put(world, samples.picture())
    finally:
        for _slot in range(views.AT_ONCE):
            views._slots.release()
    assert (answer.status_code, answer["X-Code"]) == (503, "busy")
    assert put(world, samples.picture()).status_code == 200


def test_nobody_fills_the_disk_with_what_they_never_send(world, monkeypatch):
    monkeypatch.setattr(filing, "MOST_UNUSED", 2)
    assert [put(world, b"hola", "a.txt").status_code for _n in range(3)] == [200, 200, 422]
    assert put(world, b"hola", "a.txt", who="bruno").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_attempts_at_once_are_one_file(world):
    uid, gate = uuid.uuid4(), threading.Barrier(4)

    def attempt(_number: int) -> uuid.UUID:
        gate.wait(20)
        try:
            return filing.keep(world.lucia, uid, "foto.png", samples.picture()).uid
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(attempt, range(4))) == {uid}
    assert (File.objects.count(), FileBody.objects.count()) == (1, 1)


def test_what_nobody_sent_and_no_draft_holds_is_cleared_away_after_a_day(world):
    case = marta(world)
    loose, held, used = (filing.keep(world.lucia, uuid.uuid4(), "a.txt", b"hola") for _n in range(3))
    mine = filing.chosen(world.lucia, f'[{{"file": "{held.uid}"}}]')
    drafts.keep(world.lucia, case, mode="public", text="", files=mine)
    File.objects.filter(pk=used.pk).update(used=True)
    assert filing.clear(world.brand.pk, clock.now()) == 0
    later = clock.now() + timedelta(days=2)
    assert filing.clear(world.elsewhere.pk, later) == 0
    assert filing.clear(world.brand.pk, later) == 1
    assert set(File.objects.values_list("pk", flat=True)) == {held.pk, used.pk}
    assert FileBody.objects.count() == 2 and not File.objects.filter(pk=loose.pk).exists()


@pytest.mark.parametrize(
    "raw",
    ["{}", "[1]", '[{"file": 7}]', '[{"file": "x"}]', "[" * 5_000, "not json", '[{"alt": "a"}]', '{"a"'],
)
def test_a_list_that_is_none_is_refused(world, raw):
    with pytest.raises(Refusal) as refused:
        filing.chosen(world.lucia, raw)
    assert refused.value.code == "no_such_file"


def test_only_ones_own_brands_files_are_chosen_and_only_their_own_facts(world):
    file = filing.keep(world.lucia, uuid.uuid4(), "foto.png", samples.picture())
    lie = (
        f'[{{"file": "{file.uid}", "alt": " La  cinta\\u0000 ", "name": "x.exe", "media_type": "text/html"}}]'
    )
    (chosen,) = filing.chosen(world.bruno, lie)
    assert (chosen["name"], chosen["media_type"], chosen["alt"]) == ("foto.jpg", "image/jpeg", "La cinta␀")
    with pytest.raises(Refusal):
        filing.chosen(world.olga, lie)
    assert filing.chosen(world.olga, lie, strict=False) == []
