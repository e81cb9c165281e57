"""The starter set obeys the mission: every wording passes the guard, in every form of address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cortafuegos.guard.rules import check
from cortafuegos.guard.values import Context, Draft, Formality, Severity
from cortafuegos.knowledge import rules
from cortafuegos.knowledge.shipped import starter
from cortafuegos.knowledge.values import Playbook, Situation, Step
from cortafuegos.triage.rules import read

WANTED = {
    "complaint", "outage", "delay", "wrong-charge", "promotion", "rude-employee", "own-bad-post",
    "sensitive-data", "threat-to-leave", "praise", "newcomer-question", "insult", "fraud",
}  # fmt: skip
INTENTS = {"praise": "praise", "newcomer-question": "question"}
OPENINGS = ("sentimos", "sorry", "perdon", "perdón")


def wordings() -> Iterator[tuple[str, Playbook, Step, str]]:
    for slug, playbook in starter().items():
        for step in playbook.steps:
            for key in step.wordings:
                yield f"{slug}/{step.id}/{key}", playbook, step, key


ALL = list(wordings())


def test_every_kind_of_case_has_its_playbook() -> None:
    assert set(starter()) == WANTED
    assert len({one.position for one in starter().values()}) == len(WANTED), "two would be tried at once"


@pytest.mark.parametrize("slug", sorted(WANTED))
def test_each_is_whole_in_both_languages(slug: str) -> None:
    playbook = starter()[slug]
    assert set(playbook.title) == {"es", "en"}
    assert len(playbook.steps) >= 3
    assert playbook.steps[0].wordings or playbook.steps[1].wordings, (
        "the first words are what one needs first"
    )
    for step in playbook.steps:
        assert set(step.advice) == {"es", "en"}, step.id
        assert set(step.department) == set(step.task), step.id
        for texts in (step.department, step.task, step.collect):
            assert not texts or set(texts) == {"es", "en"}, step.id
        assert {len(facts) for facts in step.collect.values()} <= {2, 3, 4}, "more is an interrogation"
        assert not step.wordings or set(step.wordings) == {"es-tu", "es-usted", "en"}, step.id


@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "sandbox", "mail", "whatsapp"])
@pytest.mark.parametrize(("name", "playbook", "step", "key"), ALL, ids=[one[0] for one in ALL])
def test_no_wording_makes_the_guard_warn(
    name: str, playbook: Playbook, step: Step, key: str, network: str
) -> None:
    language, _dash, formality = key.partition("-")
    for customer in ("Maximiliano Urrutia", ""):
        text = rules.fill(step.wordings[key], customer.split(" ")[0], "" if step.private else "^LF")
        around = Context(
            length=len(text),
            limit=280,
            asked_in_private=step.private,
            network=network,
            language=language,
            first_answer=step.id
            in {"regret", "own-it", "answer-now", "ask-to-delete", "answer-the-complaint"},
            intent=INTENTS.get(playbook.slug, "complaint"),
            urgency=2,
            customer=customer,
            agent="Lucía Fontán",
            initials="LF",
            formality=Formality(formality) if formality else None,
        )
        findings = check(Draft(text, not step.private), around).findings
        assert [(f.rule, text[slice(*f.span)]) for f in findings if f.severity != Severity.NOTE] == []


@pytest.mark.parametrize(("name", "playbook", "step", "key"), ALL, ids=[one[0] for one in ALL])
def test_each_asks_one_thing(name: str, playbook: Playbook, step: Step, key: str) -> None:
    assert step.wordings[key].count("?") == 1
    assert "{name}" in step.wordings[key] or step.id == "stop-it"


@pytest.mark.parametrize(("name", "playbook", "step", "key"), ALL, ids=[one[0] for one in ALL])
def test_an_upset_person_reads_regret_before_anything_else(
    name: str, playbook: Playbook, step: Step, key: str
) -> None:
    if playbook.slug in INTENTS or step.private:
        return
    first = rules.fill(step.wordings[key]).split(".")[0].split(":")[0].lower()
    opening = {"es-tu": "{name}, gracias por avisarnos", "es-usted": "{name}, gracias por avisarnos"}
    thanked = step.wordings[key].startswith(
        (opening.get(key, "{name}, thank you"), "{name}, el servicio", "{name}, the")
    )
    assert any(word in first for word in OPENINGS) or (thanked and step.id in {"after", "back"})


@pytest.mark.parametrize("word", ["problema", "problem", "descuento de", "bono", "voucher", "dni", "tarjeta"])
def test_words_no_wording_holds(word: str) -> None:
    assert [name for name, _p, step, key in ALL if word in step.wordings[key].lower().split()] == []


POSTS = (
    ("Me han cobrado dos veces la misma factura, quiero mi dinero", "wrong-charge"),
    ("Llevo dos semanas y mi pedido no ha llegado, es una vergüenza", "delay"),
    ("Estoy sin internet desde ayer en todo el barrio", "outage"),
    ("El código de descuento del 2x1 no funciona al pagar y nadie contesta", "promotion"),
    ("La chica de la tienda fue una maleducada conmigo", "rude-employee"),
    ("Vuestro tuit de ayer sobre las mujeres es asqueroso, borradlo", "own-bad-post"),
    ("Hay un cargo que no reconozco, me están vaciando la cuenta ahora mismo", "fraud"),
    ("Me cambio de compañía, estoy harto de vosotros", "threat-to-leave"),
    ("Gracias a Lucía por la ayuda, un diez", "praise"),
    ("¿Tenéis envíos a Canarias?", "newcomer-question"),
    ("Sois unos imbéciles, inútiles", "insult"),
    ("El bus vino sucio y el asiento roto", "complaint"),
    ("My order still hasn't arrived, two weeks waiting", "delay"),
    ("You charged me twice for my ticket", "wrong-charge"),
    ("App is down again, can't log in", "outage"),
    ("The guy at the counter was so rude to my mum", "rude-employee"),
    ("someone is using my card right now, not my transaction!", "fraud"),
    ("That's it, I'm switching to another provider", "threat-to-leave"),
    ("Thank you so much for sorting it out!", "praise"),
    ("Do you ship to Ireland?", "newcomer-question"),
    ("you bunch of idiots", "insult"),
    ("The coupon you advertised does not work", "promotion"),
)


@pytest.mark.parametrize(("post", "slug"), POSTS)
def test_triage_and_trigger_meet(post: str, slug: str) -> None:
    labels = read([(post, "")])[0]
    situation = Situation(
        intent=labels["intent"],
        cause=labels["cause"],
        urgency=labels["urgency"],
        churn=labels["churn"],
        cues=frozenset(reason["code"] for reason in labels["reasons"]),
        text=post,
        public=True,
        first=True,
        newcomer=True,
    )
    assert next(one.slug for one in rules.matching(starter().values(), situation)) == slug
