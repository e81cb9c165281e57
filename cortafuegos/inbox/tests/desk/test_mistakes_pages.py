"""The pages of a mistake: reported under the line, led through above the composer, reviewed."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from cortafuegos.inbox.actions import mistakes
from cortafuegos.inbox.models import Case, Intervention, Message, Mistake
from cortafuegos.inbox.tests.world import World
from cortafuegos.kit import clock

WHAT = "Salió con <b>otro</b> nombre"


def said(desk: World) -> tuple[Case, Message]:
    """What Lucía answered Marta."""
    case = desk.cases["marta"]
    ours = Message.objects.filter(case=case, direction="out").earliest("posted_at")
    Message.objects.filter(pk=ours.pk).update(agent=desk.lucia)
    return case, ours


def case_page(desk: World, who: object) -> str:
    return desk.client(who).get(desk.url(f"cases/{desk.cases['marta'].number}")).content.decode()


def report(desk: World, **more: str) -> object:
    case, ours = said(desk)
    address = reverse("inbox:mistake", args=["condor", case.number, ours.pk])
    return desk.client(desk.lucia).post(address, {"cause": "person", "what": WHAT, **more})


def test_who_wrote_it_is_asked_under_the_line(desk: World) -> None:
    case, ours = said(desk)
    address = reverse("inbox:mistake", args=["condor", case.number, ours.pk])
    assert f'data-mistake="{address}"' in case_page(desk, desk.lucia)
    assert f'data-mistake="{address}"' in case_page(desk, desk.pilar)
    assert f'data-mistake="{address}"' not in case_page(desk, desk.delia)
    report(desk)
    page = case_page(desk, desk.lucia)
    assert f'data-mistake="{address}"' not in page
    assert "Publicado por error: era para otra persona" in page


def test_reported_and_taken_off_with_one_press(desk: World) -> None:
    assert report(desk, take_off="1").status_code == 200
    wanted = Intervention.objects.get(kind="withdraw")
    assert (wanted.state, wanted.agent) == ("waiting", desk.lucia)
    page = case_page(desk, desk.lucia)
    assert "Se está quitando de" in page and "Empezar con estas palabras" in page
    assert "&lt;b&gt;otro" in page and "<b>otro" not in page


def test_the_steps_are_settled_above_the_composer(desk: World) -> None:
    assert report(desk).status_code == 200
    case, mistake, client = desk.cases["marta"], Mistake.objects.get(), desk.client(desk.lucia)
    assert "Quítalo de" in case_page(desk, desk.lucia)
    omitted = reverse("inbox:mistake_omission", args=["condor", case.number, mistake.pk, "apologise"])
    assert client.post(omitted).status_code == 422
    assert client.post(omitted, {"reason": "Ya hablamos"}).status_code == 200
    assert client.post(omitted, {"reason": "Otra vez"}).status_code == 409
    removal = reverse("inbox:mistake_removal", args=["condor", case.number, mistake.pk])
    assert client.post(removal).status_code == 200
    assert f'data-owned="{mistake.pk}"' not in case_page(desk, desk.lucia)


def test_what_the_network_will_not_take_back_is_still_reported(desk: World) -> None:
    _case, ours = said(desk)
    Message.objects.filter(pk=ours.pk).update(network_id="reply:7")
    answer = report(desk, take_off="1")
    assert answer.status_code == 200
    assert Mistake.objects.count() == 1 and not Intervention.objects.exists()
    page = case_page(desk, desk.lucia)
    assert "desde aquí no se puede" in page and "Ya lo quité a mano" in page


def test_the_review_counts_lists_and_closes(desk: World) -> None:
    report(desk)
    mistake, boss = Mistake.objects.get(), desk.client(desk.pilar)
    address = reverse("inbox:mistake_review", args=["condor"])
    page = boss.get(address).content.decode()
    assert "Sin disculpa: 1. Por revisar: 1." in page and "&lt;b&gt;otro" in page
    closure = reverse("inbox:mistake_closure", args=["condor", desk.cases["marta"].number, mistake.pk])
    wanted = {"cause": "tone", "learnt": "Leer el nombre antes", "days": "30"}
    assert "Todavía no está reparado" in boss.post(closure, wanted, follow=True).content.decode()
    for step in ("take_off", "apologise"):
        mistakes.leave_out(desk.lucia, mistake, step, "Ya está hablado")
    answer = boss.post(closure, wanted, follow=True)
    assert answer.redirect_chain == [(f"{address}?days=30", 302)]
    page = answer.content.decode()
    assert "Leer el nombre antes" in page and "el tono" in page and "Por revisar: 0." in page
    assert "Leer el nombre antes" not in desk.client(desk.olga).get(address).content.decode()


def test_an_old_one_waits_in_the_list_until_it_is_reviewed(desk: World) -> None:
    report(desk)
    Mistake.objects.update(reported_at=clock.now() - timedelta(days=100))
    page = desk.client(desk.pilar).get(reverse("inbox:mistake_review", args=["condor"]) + "?days=7")
    assert "&lt;b&gt;otro" in page.content.decode() and "<b>0</b>" in page.content.decode()
    assert page.status_code == 200
    strange = desk.client(desk.pilar).get(reverse("inbox:mistake_review", args=["condor"]) + "?days=x'9")
    assert strange.status_code == 200
