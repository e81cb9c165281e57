"""The pages: who may open which, what they give away, and the composer without a certificate."""

from __future__ import annotations

import re

import pytest

from cortafuegos.inbox.models import Approval, Message, Reply
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.people import a_case
from cortafuegos.inbox.tests.world import World
from cortafuegos.kit import clock
from cortafuegos.team.certificates import Certificate, needs_of
from cortafuegos.team.licence import Kind, Need
from cortafuegos.training import rules
from cortafuegos.training.actions import certificates, courses
from cortafuegos.training.models import Attempt, Course, CourseVersion
from cortafuegos.training.tests.school import EDITION, a_course, sit

ENGLISH_LEFT = re.compile(r"\b(certificate|lesson|course|exam|training)s?\b", re.IGNORECASE)


def get(desk: World, who: str, path: str, **data: str):
    return desk.client(getattr(desk, who)).get(desk.url(f"training{path}"), data)


def post(desk: World, who: str, path: str, data: dict | None = None):
    return desk.client(getattr(desk, who)).post(desk.url(f"training{path}"), data or {})


OPEN = ["", "/courses/los-lunes", "/courses/los-lunes/lessons/1"]
LEADS = ["/certificates", "/needs", "/courses", "/courses/los-lunes/edition"]


@pytest.mark.parametrize("path", [*OPEN, *LEADS])
def test_who_may_open_what(desk, path):
    a_course(desk.sanz)
    for who, here in (("pilar", 200), ("sanz", 200), ("lucia", 200 if path in OPEN else 403),
                      ("delia", 200 if path in OPEN else 403), ("olga", 404)):  # fmt: skip
        assert get(desk, who, path).status_code == here, who


@pytest.mark.parametrize("path", [*OPEN, *LEADS])
def test_no_english_is_left_on_a_spanish_page(desk, path):
    a_course(desk.sanz)
    courses.set_terms(
        desk.sanz, Course.objects.get(slug="los-lunes"), kind="channel", value="", months=1, pass_percent=80,
        tries_per_day=1, offered=True,
    )  # fmt: skip
    certificates.grant(desk.sanz, desk.lucia, kind="crisis", value="", months=1, reason="Ya sabe")
    certificates.ask_for(desk.sanz, [Need(Kind.CHANNEL, ""), Need(Kind.CRISIS, "watch")])
    html = get(desk, "sanz", path).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    shown = re.sub(r"<textarea.*?</textarea>|<option value=\"en\".*?</option>|<[^>]+>", " ", main, flags=re.S)
    assert not ENGLISH_LEFT.search(shown.replace("Escribir", "")), ENGLISH_LEFT.search(shown)


def test_a_person_goes_from_the_first_lesson_to_the_certificate(desk):
    courses.adopt(desk.brand)
    client = desk.client(desk.lucia)
    course = desk.url("training/courses/escribir-en-publico")
    assert client.post(f"{course}/attempts", follow=True).redirect_chain[-1][0] == course  # not read yet
    for number in range(1, 9):
        last = client.post(f"{course}/lessons/{number}")
    assert last.url == course
    paper = client.post(f"{course}/attempts").url
    page = client.get(paper).content.decode()
    assert page.count("<fieldset") == 20 and page.count('type="radio"') == 80
    attempt = Attempt.objects.get(brand=desk.brand)
    kept = CourseVersion.objects.get(brand=desk.brand).content["es"]
    for question in kept["questions"]:
        assert question["why"][:40] not in page  # nothing on the paper tells the answer
    some = client.post(paper, {"answer-1": "2", "answer-2": "99", "answer-3": "-1", "answer-4": "x"})
    assert some.status_code == 422 and "Faltan 19 preguntas" in some.content.decode()
    assert Page(some).having("checked")[0]["name"] == "answer-1"
    full = {
        f"answer-{place}": slot.options.index(kept["questions"][slot.question]["answer"]) + 1
        for place, slot in enumerate(rules.paper(_questions(kept), attempt.seed), 1)
    }
    done = client.post(paper, full, follow=True).content.decode()
    assert "20 de 20 acertadas" in done and done.count('data-right="yes"') == 20
    assert Certificate.objects.get(brand=desk.brand).agent == desk.lucia
    wrong = dict.fromkeys(full, "1")
    assert "20 de 20 acertadas" in client.post(paper, wrong).content.decode()  # handed in is handed in
    assert Certificate.objects.filter(brand=desk.brand).count() == 1
    assert "data-held" in client.get(desk.url("training")).content.decode()


def _questions(kept):
    return [rules.Question(q["text"], tuple(q["options"]), q["answer"], q["why"]) for q in kept["questions"]]


def test_another_person_s_paper_is_not_there(desk):
    course = a_course(desk.sanz)
    done = sit(desk.lucia, course, wrong=3)
    assert get(desk, "lucia", f"/attempts/{done.pk}").status_code == 200
    for who in ("bruno", "sanz", "pilar", "olga"):
        assert get(desk, who, f"/attempts/{done.pk}").status_code == 404


def test_the_marked_paper_explains_every_answer(desk):
    done = sit(desk.lucia, a_course(desk.sanz), wrong=2)
    html = get(desk, "lucia", f"/attempts/{done.pk}").content.decode()
    assert html.count('data-right="no"') == 2 and "Esta vez no" in html
    assert all(one.why in html for one in EDITION.questions)


def test_a_lead_grants_and_withdraws_in_the_browser(desk):
    form = {"agent": desk.lucia.pk, "purpose": "language:es", "months": "6", "reason": ""}
    refused = post(desk, "sanz", "/certificates", form)
    assert refused.status_code == 422 and "queda registrado" in refused.content.decode()
    post(desk, "sanz", "/certificates", {**form, "reason": "Prueba oral con <b>Marta</b>"})
    held = Certificate.objects.get(brand=desk.brand)
    html = get(desk, "sanz", "/certificates").content.decode()
    assert "Prueba oral con &lt;b&gt;Marta&lt;/b&gt;" in html
    assert post(desk, "lucia", f"/certificates/{held.pk}/withdrawal", {"reason": "no"}).status_code == 403
    assert post(desk, "olga", f"/certificates/{held.pk}/withdrawal", {"reason": "no"}).status_code == 404
    post(desk, "sanz", f"/certificates/{held.pk}/withdrawal", {"reason": "Dio un dato en público"})
    held.refresh_from_db()
    assert held.withdrawn_by == desk.sanz
    assert "Dio un dato en público" in get(desk, "sanz", "/certificates").content.decode()


def test_a_lead_says_where_a_certificate_is_needed(desk):
    post(desk, "sanz", "/needs", {"need": ["channel:mail", "language:es", "nonsense"], "crisis": "crisis"})
    assert set(needs_of(desk.brand.pk)) == {
        Need(Kind.CHANNEL, "mail"), Need(Kind.LANGUAGE, "es"), Need(Kind.CRISIS, "crisis"),
    }  # fmt: skip
    html = get(desk, "sanz", "/needs").content.decode()
    assert "4 personas solo pueden proponer" in html
    post(desk, "sanz", "/needs", {"crisis": "panic"})
    assert len(needs_of(desk.brand.pk)) == 3  # what cannot be is refused whole
    post(desk, "sanz", "/needs", {})
    assert needs_of(desk.brand.pk) == []


def test_a_brand_s_own_course_and_its_next_version(desk):
    text = {
        "title": "Correo",
        "language": "es",
        "purpose": "channel:mail",
        "lessons": "# Uno\nHola",
        "exam": "## ¿Qué?\n+ a\n- b\n> Porque a.",
    }
    broken = post(desk, "sanz", "/courses", {**text, "exam": "## ¿Qué?\n- a\n- b\n> Ya."})
    assert broken.status_code == 422 and "# Uno\nHola" in broken.content.decode()
    assert post(desk, "sanz", "/courses", text).url.endswith("/courses/correo")
    course = Course.objects.get(brand=desk.brand, slug="correo")
    assert (course.kind, course.value) == ("channel", "mail")
    edit = desk.url("training/courses/correo/edition")
    desk.client(desk.sanz).post(edit, {**text, "lessons": "# Uno\nHola de nuevo"})
    english = {**text, "language": "en", "title": "Mail"}
    desk.client(desk.sanz).post(edit, english)
    versions = CourseVersion.objects.filter(brand=desk.brand, course=course).order_by("number")
    assert [sorted(one.content) for one in versions] == [["es"], ["es"], ["en", "es"]]
    assert "Hola de nuevo" in get(desk, "lucia", "/courses/correo/lessons/1").content.decode()
    kept = Page(desk.client(desk.sanz).get(f"{edit}?language=en")).having("name", "title")[0]
    assert kept["value"] == "Mail"
    assert get(desk, "sanz", "/courses/correo/edition", language="<x>").status_code == 200


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 500_000, "# \n" * 5000, "## a\n" * 5000, "\ud800"])
def test_nothing_typed_into_a_course_breaks_the_page(desk, typed):
    body = {
        "title": typed[:200],
        "language": typed[:9],
        "purpose": typed[:9],
        "lessons": typed,
        "exam": typed,
    }
    body = {name: value.encode("utf-8", "replace").decode() for name, value in body.items()}
    assert post(desk, "sanz", "/courses", body).status_code == 422
    assert not Course.objects.filter(brand=desk.brand).exists()


# --- the composer ---------------------------------------------------------------------


@pytest.fixture
def case(desk):
    return a_case(desk.help, language="es")


def composer(desk, case, who="lucia"):
    return Page(desk.client(getattr(desk, who)).get(desk.url(f"cases/{case.number}")))


def test_without_the_certificate_the_button_proposes_and_says_why_and_where_to_get_it(desk, case):
    courses.adopt(desk.brand)
    before = composer(desk, case)
    assert not before.having("data-lacks") and before.having("data-composer")[0]["action"].endswith(
        "/replies"
    )
    certificates.ask_for(desk.sanz, [Need(Kind.CHANNEL, "sandbox")])
    page = composer(desk, case)
    form = page.having("data-composer")[0]
    assert form["action"].endswith("/proposals") and "data-proposes" in form
    buttons = {one["data-for"]: " ".join(one.text.split()) for one in page.having("data-send")}
    assert buttons["public"].startswith("Proponer") and buttons["private"].startswith("Proponer")
    notice = page.having("data-lacks")[0]
    assert "hace falta un certificado" in notice.text
    way = next(
        one["href"]
        for one in page.elements
        if one.tag == "a" and "href" in one and "/training/way" in one["href"]
    )
    followed = desk.client(desk.lucia).get(way)
    assert followed.url == desk.url("training/courses/escribir-en-publico")
    certificates.grant(desk.sanz, desk.lucia, kind="channel", value="", months=1, reason="Ya sabe")
    assert not composer(desk, case).having("data-lacks")


def test_the_address_of_the_send_button_refuses_too_and_the_proposal_arrives(desk, case):
    certificates.ask_for(desk.sanz, [Need(Kind.CHANNEL, "")])
    message = Message.objects.get(brand=desk.brand, case=case)
    body = {"mode": "public", "text": "Lo siento, te ayudo.", "target_public": message.pk,
            "account_public": desk.help.pk}  # fmt: skip
    client = desk.client(desk.lucia)
    refused = client.post(desk.url(f"cases/{case.number}/replies"), body)
    assert (refused.status_code, refused["X-Code"]) == (403, "not_certified")
    assert not Reply.objects.filter(brand=desk.brand).exists()
    assert client.post(desk.url(f"cases/{case.number}/proposals"), body).status_code == 200
    assert Approval.objects.get(brand=desk.brand).reasons == ["certificate"]


def test_the_way_leads_to_the_course_that_gives_what_is_lacking(desk):
    courses.adopt(desk.brand)
    a_course(desk.sanz, kind="crisis")
    for kind, value, slug in (("channel", "mail", "escribir-en-publico"), ("crisis", "", "los-lunes")):
        assert get(desk, "lucia", "/way", kind=kind, value=value).url.endswith(f"/courses/{slug}")
    for kind, value in (("language", "es"), ("x", "y"), ("", "")):
        assert get(desk, "lucia", "/way", kind=kind, value=value).url == desk.url("training")


def test_training_is_where_people_look_for_it(desk):
    html = desk.client(desk.lucia).get(desk.url("settings/preferences")).content.decode()
    assert html.count(f'href="{desk.url("training")}"') >= 2  # the nav and the person's menu
    assert desk.url("training/needs") not in html
    assert (
        desk.url("training/needs")
        in desk.client(desk.sanz).get(desk.url("settings/preferences")).content.decode()
    )


def test_a_certificate_that_ends_soon_is_told_to_its_holder_and_to_the_leads(desk):
    held = certificates.grant(desk.sanz, desk.lucia, kind="channel", value="", months=2, reason="Ya sabe")
    assert "vence pronto" not in get(desk, "lucia", "").content.decode()
    Certificate.objects.filter(pk=held.pk).update(expires_at=clock.now() + rules.SOON)
    assert "vence pronto" in get(desk, "lucia", "").content.decode()
    assert "Un certificado vence en menos de 30 días" in get(desk, "sanz", "/certificates").content.decode()
