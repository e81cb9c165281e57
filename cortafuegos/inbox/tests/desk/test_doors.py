"""Who gets in: every address of the inbox, asked by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cortafuegos.inbox import urls
from cortafuegos.inbox.models import Approval, Event, Message, Reply
from cortafuegos.inbox.tests.people import ago, say
from cortafuegos.inbox.tests.world import World, an_account, our_answer, who
from cortafuegos.knowledge.shipped import starter

Call = tuple[str, str, dict[str, object]]  # method, address, body


def addresses(world: World) -> dict[str, list[Call]]:
    """How each address of the package is used, by its name."""
    slug = world.brand.slug
    case = world.cases["marta"]
    message = Message.objects.filter(case=case, direction="in").earliest("posted_at")
    waiting = Approval.objects.get()
    held = our_answer(world, case, message, "Retenida", 0.2, state="queued", held_until=ago(minutes=-1))
    failed = Reply.objects.get(state="failed")
    unknown = Reply.objects.get(state="unknown")
    queued = our_answer(world, case, message, "Ya va", 0.1, state="queued")
    ours = Message.objects.filter(case=case, direction="out").earliest("posted_at")
    view = {"in": "all", "name": "Mía"}
    words = {"mode": "public", "text": "Hola", "target_public": message.pk, "account_public": world.help.pk}
    aimed = f"?mode=public&target_public={message.pk}&account_public={world.help.pk}"

    def to(name: str, *rest: object) -> str:
        return reverse(f"inbox:{name}", args=[slug, *rest])

    def at(name: str, of: Any = case, *rest: object) -> str:
        return to(name, of.number, *rest)

    ramon, rosalia, teo = (world.cases[name] for name in ("ramon", "rosalia", "teo"))
    return {
        "queue": [("get", to("queue", "mine"), {})],
        "changed": [("get", to("changed", "mine") + f"?id={case.pk}", {})],
        "around": [("get", to("around"), {})],
        "posture": [("post", to("posture"), {"level": "watch"})],
        "search": [("get", to("search") + "?q=maletas", {})],
        "palette": [("get", to("palette") + "?q=marta", {})],
        "case": [("get", at("case"), {})],
        "message": [("get", at("message", case, message.pk), {})],
        "attachment": [("get", at("attachment", case, message.pk, 0), {})],
        "file": [("get", to("file", UUID(int=1)), {})],
        "presence": [("post", at("presence"), {"typing": "1"})],
        "check": [("post", at("check"), words)],
        "draft": [("post", at("draft"), {"mode": "note", "text": "a"}), ("delete", at("draft"), {})],
        "notes": [("post", at("notes"), {"text": "Ojo"})],
        "claim": [("delete", at("claim"), {}), ("post", at("claim"), {})],
        "assignment": [("post", at("assignment"), {"to": "me"})],
        "tags": [("post", at("tags"), {"add": "x"})],
        "snooze": [("post", at("snooze"), {"when": "hour"}), ("delete", at("snooze"), {})],
        "closure": [("post", at("closure"), {}), ("delete", at("closure"), {})],
        "merge": [("post", at("merge"), {"number": teo.number}), ("delete", at("merge", teo), {})],
        "split": [("post", at("split"), {"message": message.pk})],
        "replies": [("post", at("replies"), words)],
        "proposals": [("post", at("proposals"), words)],
        "approval": [("delete", at("approval", case, 999_999), {})],
        "approval_decision": [("post", at("approval_decision", teo, waiting.pk), {"reason": "basta"})],
        "approval_return": [("post", at("approval_return", teo, waiting.pk), {"comment": "Más corto"})],
        "release": [("post", at("release", case, held.pk), {})],
        "mistake": [("post", at("mistake", case, ours.pk), {"cause": "tone", "what": "Un chiste"})],
        "mistake_removal": [("post", at("mistake_removal", case, 999_999), {})],
        "mistake_omission": [("post", at("mistake_omission", case, 999_999, "apologise"), {"reason": "x"})],
        "mistake_closure": [("post", at("mistake_closure", case, 999_999), {"cause": "tone"})],
        "mistake_review": [("get", to("mistake_review"), {})],
        "tone": [("get", to("tone", case.person_id), {})],
        "questions": [("get", at("questions"), {})],
        "question_withdrawal": [("post", at("question_withdrawal", case, 999_999), {"reason": "x"})],
        "question_sight": [("post", at("question_sight", case, 999_999), {})],
        "question_links": [("post", at("question_links", case, 999_999), {})],
        "departments": [("get", to("departments"), {})],
        "department_new": [("get", to("department_new"), {})],
        "department": [("get", to("department", 999_999), {})],
        "department_switch": [("post", to("department_switch", 999_999), {"on": "0"})],
        "answering": [("get", to("answering"), {})],
        "cancellation": [("post", at("cancellation", case, queued.pk), {})],
        "settlement": [("post", at("settlement", rosalia, unknown.pk), {"sent": "0"})],
        "attempts": [("post", at("attempts", ramon, failed.pk), {})],
        "permission": [("get", at("permission") + aimed, {})],
        "templates": [("get", at("templates") + aimed, {})],
        "replies_by_hand": [("post", at("replies_by_hand"), words)],
        "window": [("get", at("window", case, queued.pk), {})],
        "link": [("post", at("link", case, queued.pk), {"link": "https://red.example/1"})],
        "intervention": [("post", at("intervention", case, ours.pk, "withdraw"), {"reason": "Sobra"})],
        "views": [("post", to("views"), view)],
        "view": [("delete", to("view", 999_999), {})],
        "person_note": [("post", to("person_note", case.person_id), {"note": "Amable"})],
        "batch": [("post", to("batch"), {"verb": "tag", "id": case.pk, "add": "lote"})],
        "labels": [("get", at("labels", case, message.pk), {})],
        "playbook": [("post", at("playbook"), {"playbook": "delay"})],
        "playbook_step": [("post", at("playbook_step"), A_STEP)],
        "promises": [("post", at("promises"), {"when": "tomorrow", "text": "Mañana"})],
        "promise_withdrawal": [("post", at("promise_withdrawal", case, 999_999), {"reason": "x"})],
        "promise_explanation": [("post", at("promise_explanation", case, 999_999), {"reason": "x"})],
        "playbooks": [("get", to("playbooks"), {})],
        "playbook_page": [("get", to("playbook_page", "delay"), {})],
        "playbook_switch": [("post", to("playbook_switch", "delay"), {"on": "0"})],
        "playbook_restoration": [("post", to("playbook_restoration", "delay", 999), {})],
        "promise_report": [("get", to("promise_report"), {})],
        "triage": [("get", to("triage"), {})],
        "guard": [("get", to("guard"), {})],
        "ending": [("get", to("ending", case.person_id), {})],
        "joining": [("get", to("joining", case.person_id), {})],
        "likeness": [("get", to("likeness", case.person_id), {})],
        "telling_apart": [("post", to("telling_apart", case.person_id), {"with": teo.person_id})],
        "separation": [("post", to("separation", case.person_id, 999_999), {})],
        "resumption": [("post", to("resumption", case.person_id), {"reason": "x"})],
        "last_words": [("post", to("last_words", case.person_id), {"words": "x"})],
        "warning": [("post", to("warning", case.person_id, ours.pk), {"stands": "1"})],
    }


# A step of the starter playbook for delays.
A_STEP = {"playbook": "delay", "step": next(iter(starter()["delay"].steps)).id, "mark": "done"}


WORK = {"claim", "assignment", "tags", "snooze", "closure", "merge", "split", "batch"}
WORK |= {"question_withdrawal", "question_links", "promises", "promise_withdrawal", "promise_explanation"}
LEAD = {"guard", "answering", "triage", "promise_report", "playbook_switch", "playbook_restoration"}
LEAD |= {
    "mistake_review",
    "mistake_closure",
    "departments",
    "department_new",
    "department",
    "department_switch",
}
LEAD |= {"resumption", "last_words", "posture"}
WORK |= {"warning", "telling_apart", "separation"}
SEND = {"replies", "cancellation", "settlement", "attempts"}
SEND |= {"mistake", "mistake_removal", "mistake_omission", "approval_decision", "approval_return", "release"}
# In this world: a file that no receipt holds, a view nobody saved, a promise nobody made, an answer
# nobody asked about.
NOT_THERE = {
    "question_withdrawal",
    "question_sight",
    "question_links",
    "approval",
    "mistake_removal",
    "mistake_omission",
    "attachment",
    "file",
    "view",
    "separation",
    "window",
    "promise_withdrawal",
    "promise_explanation",
}
SEND |= {"replies_by_hand", "link", "intervention"}
# The sandbox sets no rules: it knows no templates, and nothing there needs a hand.
NEEDLESS = {"templates", "replies_by_hand", "link"}


def call(client: Client, one: Call) -> int:
    method, url, body = one
    return (
        getattr(client, method)(url, body).status_code if body else getattr(client, method)(url).status_code
    )


def names() -> set[str]:
    return {pattern.name for pattern in [*urls.brand, *urls.case] if getattr(pattern, "name", None)}


def test_the_list_of_addresses_is_whole(desk: World) -> None:
    assert set(addresses(desk)) == names()


def answers(world: World, client: Client, name: str) -> set[int]:
    """What each use of an address answers; afterwards nothing of it has happened."""
    with transaction.atomic():
        found = {call(client, one) for one in addresses(world)[name]}
        transaction.set_rollback(True)
    return found


def test_an_agent_reaches_every_address(desk: World) -> None:
    client = desk.client(desk.lucia)
    for name in names():
        wanted = {403} if name in LEAD else {404} if name in NOT_THERE else {200, 204}
        wanted = {409, 422} if name in NEEDLESS else {302} if name in ("warning", "telling_apart") else wanted
        assert answers(desk, client, name) <= wanted, name


def test_a_supervisor_reaches_what_an_agent_may_not(desk: World) -> None:
    client = desk.client(desk.pilar)
    for name in LEAD - {
        "playbook_restoration",
        "mistake_closure",
        "department",
        "department_switch",
    }:  # none is there
        assert answers(desk, client, name) <= {200, 302}, name


def test_an_outsider_finds_nothing_anywhere(desk: World) -> None:
    client, events = desk.client(desk.olga), Event.objects.count()
    for name in names():
        assert answers(desk, client, name) == {404}, name
    assert Event.objects.count() == events


def test_a_stranger_is_sent_to_sign_in(desk: World) -> None:
    for name in names():
        assert answers(desk, Client(), name) == {302}, name


def test_a_drafter_reads_and_writes_and_nothing_else(desk: World) -> None:
    client, refused = desk.client(desk.delia), WORK | SEND | LEAD | {"templates", "questions"}
    for name in names() - NOT_THERE:
        assert answers(desk, client, name) <= ({403} if name in refused else {200, 204}), name


def test_what_changes_something_is_never_a_get(desk: World) -> None:
    client = desk.client(desk.lucia)
    for name in WORK | SEND | {"notes", "proposals", "presence", "draft", "views", "person_note"}:
        urls_ = {url for _method, url, _body in addresses(desk)[name]}
        assert {client.get(url).status_code for url in urls_} == {405}, name


def test_without_the_csrf_token_nothing_happens(desk: World) -> None:
    client = desk.client(desk.lucia, enforce_csrf_checks=True)
    noa = desk.cases["noa"]
    assert client.post(reverse("inbox:closure", args=["condor", noa.number])).status_code == 403
    noa.refresh_from_db()
    assert noa.state == "open"


@pytest.fixture
def other_side(desk: World) -> Callable[[], tuple[str, str | None, list[str]]]:
    """Olga has a case of her own; tells what became of it."""
    account = an_account(desk.elsewhere, "sandbox", "faro", "Faro Norte")
    case = say(account, "Hola, Faro", by=who("zzz", "Ajena"), conversation="faro:1").case
    assert case is not None
    desk.cases["faro"] = case

    def tell() -> tuple[str, str | None, list[str]]:
        case.refresh_from_db()
        return case.state, case.assignee and str(case.assignee), case.tags

    return tell


def test_ids_of_another_brand_do_nothing_in_ours(
    desk: World, other_side: Callable[[], tuple[str, str | None, list[str]]]
) -> None:
    client = desk.client(desk.pilar)
    faro, marta = desk.cases["faro"], desk.cases["marta"]
    message = Message.objects.get(case=faro)
    mine = Message.objects.filter(case=marta, direction="in").latest("posted_at")
    before = other_side()
    assert b"Faro" not in client.get(desk.url(f"inbox/all/changed?id={faro.pk}")).content
    client.post(desk.url("cases/batch"), {"verb": "close", "id": faro.pk})
    client.post(desk.url(f"cases/{marta.number}/merge"), {"number": faro.number + 1000})
    client.post(desk.url(f"cases/{marta.number}/split"), {"message": message.pk})
    client.post(desk.url(f"cases/{marta.number}/assignment"), {"to": f"agent-{desk.olga.pk}"})
    body = {"mode": "public", "text": "x", "target_public": message.pk, "account_public": faro.account_id}
    assert client.post(desk.url(f"cases/{marta.number}/replies"), body).status_code == 422
    body["target_public"] = mine.pk
    assert client.post(desk.url(f"cases/{marta.number}/replies"), body).status_code == 422
    assert client.get(desk.url(f"cases/{marta.number}/messages/{message.pk}")).status_code == 404
    assert client.post(desk.url(f"people/{faro.person_id}/note"), {"note": "x"}).status_code == 404
    assert b"found__one" not in client.get(desk.url("search?q=Hola+Faro")).content
    assert other_side() == before
