"""Against dovecot and an SMTP server: from the customer's letter to ours and back."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

import pytest

from cortafuegos.channels.contract import AccountView, Found, HealthState, Refused, SendError
from cortafuegos.channels.mail import mailbox
from cortafuegos.channels.mail.connector import connector
from e2e.networks.lossy import lossy_proxy
from e2e.networks.mail import MailHost

from .conftest import ANA, MARCA, NOON, account_on, answer, but, letter, poll_posts

pytestmark = pytest.mark.network_twin


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def words(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


def test_a_letter_is_read_answered_and_threaded(host: MailHost, marca: AccountView) -> None:
    host.deliver(letter("Mi línea no funciona", Message_ID="<uno@cliente.test>"), MARCA)
    (post,) = poll_posts(marca)
    assert (post.text, post.subject, post.public, post.addressed) == (
        "Mi línea no funciona",
        "Sin luz",
        False,
        True,
    )
    assert (post.author.network_id, post.author.name) == (ANA, "Ana Vidal")
    assert post.network_id == post.conversation == "<uno@cliente.test>"

    sent = connector.send(marca, answer(post, "Lo miramos, Ana.\nUn saludo"))
    (got,) = [parsed(raw) for raw in host.read(ANA)]
    assert got["Message-ID"] == sent.network_id
    assert got["In-Reply-To"] == got["References"] == "<uno@cliente.test>"
    assert got["Subject"] == "Re: Sin luz"
    assert str(got["From"]) == "Lumbre Energía <ayuda@marca.test>"
    assert words(got) == "Lo miramos, Ana.\nUn saludo\n"

    again = letter(
        "¡Gracias!\n\nEl mar, 3 nov 2026 a las 13:00, Lumbre Energía (<ayuda@marca.test>)\n"
        "escribió:\n> Lo miramos, Ana.\n",
        "Re: Sin luz",
        In_Reply_To=sent.network_id,
        References=f"<uno@cliente.test> {sent.network_id}",
    )
    host.deliver(again, MARCA)
    reply = poll_posts(marca)[-1]
    assert (reply.text, reply.conversation) == ("¡Gracias!", post.conversation)
    assert reply.in_reply_to == sent.network_id
    assert host.unread(MARCA) == 2


def test_answers_to_answers_keep_the_root_first(host: MailHost, marca: AccountView) -> None:
    long = [f"<{'x' * 90}.{n}@cliente.test>" for n in range(60)]
    host.deliver(letter("Sigo igual", Message_ID="<ultima@cliente.test>", References=" ".join(long)), MARCA)
    (post,) = poll_posts(marca)
    connector.send(marca, answer(post, "Ya casi"))
    (got,) = host.read(ANA)
    references = str(parsed(got)["References"]).split()
    assert references[0] == long[0] == post.conversation
    assert references[-2:] == [long[-1], "<ultima@cliente.test>"]
    assert set(references) <= {*long, "<ultima@cliente.test>"}
    assert max(len(line) for line in got.split(b"\r\n")) < 200


def test_nothing_typed_can_forge_a_header(host: MailHost, marca: AccountView) -> None:
    odd = "Sin luz\r\nBcc: todos@cliente.test ñ"
    host.deliver(letter("hola", Message_ID="<a@b>"), MARCA)
    (post,) = poll_posts(but(marca))
    bad = but(marca, name="Lumbre\nBcc: x@cliente.test")
    outgoing = answer(post, "texto\r\n.\r\nMAIL FROM:<x@y>\r\n\0fin")
    outgoing = replace(outgoing, target=replace(outgoing.target, subject=odd))
    connector.send(bad, outgoing)
    (got,) = [parsed(raw) for raw in host.read(ANA)]
    assert got["Bcc"] is None
    assert got["Subject"] == "Re: Sin luz Bcc: todos@cliente.test ñ"
    assert words(got) == "texto\n.\nMAIL FROM:<x@y>\nfin\n"


def test_batches_bring_every_letter_once(host: MailHost, marca: AccountView) -> None:
    count = mailbox.BATCH * 2 + 7
    for n in range(count):
        host.deliver(letter(f"caída {n}", Message_ID=f"<{n}@cliente.test>"), MARCA)
    cursor, texts, sizes = {}, [], []
    while True:
        polled = connector.poll(marca, cursor)
        texts += [connector.read(marca, d)[0].text for d in polled.deliveries]
        sizes.append(len(polled.deliveries))
        cursor = polled.cursor
        if not polled.more:
            break
    assert texts == [f"caída {n}" for n in range(count)]
    assert sizes == [50, 50, 7]
    assert not connector.poll(marca, cursor).deliveries
    host.deliver(letter("una más"), MARCA)
    assert poll_posts(marca, cursor)[0].text == "una más"


def test_a_renumbered_mailbox_loses_nothing_and_repeats_only_keys(host: MailHost, marca: AccountView) -> None:
    host.deliver(letter("antes"), MARCA)
    first = connector.poll(marca, {})
    host.new_uidvalidity(MARCA)
    host.deliver(letter("después"), MARCA)
    second = connector.poll(marca, first.cursor)
    assert second.cursor["uidvalidity"] != first.cursor["uidvalidity"]
    texts = {d.key: connector.read(marca, d)[0].text for d in [*first.deliveries, *second.deliveries]}
    assert sorted(texts.values()) == ["antes", "después"]


def test_large_letters_come_a_few_at_a_time(host: MailHost, marca: AccountView) -> None:
    message = letter("Adjunto la factura")
    message.add_attachment(
        b"\x00" * 10_000_000, maintype="application", subtype="pdf", filename="factura.pdf"
    )
    for _n in range(3):
        host.deliver(message, MARCA)
    first = connector.poll(marca, {})
    assert (len(first.deliveries), first.more) == (1, True)
    (post,) = connector.read(marca, first.deliveries[0])
    assert post.text == "Adjunto la factura"
    (file,) = post.attachments
    assert (file.name, file.size, file.media_type) == ("factura.pdf", 10_000_000, "application/pdf")


def test_the_same_key_is_the_same_message(host: MailHost, marca: AccountView) -> None:
    host.deliver(letter("hola"), MARCA)
    (post,) = poll_posts(marca)
    first = connector.send(marca, answer(post, "Hola"))
    second = connector.send(marca, answer(post, "Hola"))
    assert first == second
    assert host.accepted[0] == host.accepted[1]
    assert len(host.read(MARCA, "Enviados")) == 1
    assert connector.send(marca, answer(post, "Hola", key="k-2")).network_id != first.network_id


def test_what_was_sent_is_found_and_what_is_not_there_proves_nothing(
    host: MailHost, marca: AccountView
) -> None:
    host.deliver(letter("hola"), MARCA)
    (post,) = poll_posts(marca)
    assert connector.find(marca, answer(post, "Hola")) is Found.UNKNOWN
    sent = connector.send(marca, answer(post, "Hola"))
    assert connector.find(marca, answer(post, "Hola")) == sent


def test_a_lost_answer_is_told_as_lost(host: MailHost, marca: AccountView) -> None:
    host.deliver(letter("hola"), MARCA)
    (post,) = poll_posts(marca)
    with lossy_proxy(host.smtp_port) as proxy:
        through = but(marca, smtp_port=proxy.port)
        proxy.lose_after(b"\r\n.\r\n")
        with pytest.raises(SendError) as failed:
            connector.send(through, answer(post, "Hola"))
        assert (failed.value.lost, failed.value.permanent, proxy.lost) == (True, False, 1)
        assert len(host.read(ANA)) == 1
        assert connector.find(through, answer(post, "Hola")) is Found.UNKNOWN
        proxy.lose_after(b"rcpt TO")
        with pytest.raises(SendError) as failed:
            connector.send(through, answer(post, "Otra", key="k-2"))
        assert (failed.value.lost, failed.value.permanent, proxy.lost) == (False, False, 2)
        assert len(host.read(ANA)) == 1


@pytest.mark.parametrize(
    ("command", "says", "permanent"),
    [
        ("MAIL", "550 5.7.1 Not your address", True),
        ("MAIL", "451 4.3.0 Come back later", False),
        ("RCPT", "550 5.1.1 No such mailbox", True),
        ("RCPT", "450 4.2.1 Greylisted", False),
        ("DATA", "554 5.7.1 Looks like spam", True),
        ("DATA", "452 4.3.1 Disk full", False),
    ],
)
def test_a_refusal_says_whether_trying_again_helps(
    host: MailHost, marca: AccountView, command: str, says: str, permanent: bool
) -> None:
    host.deliver(letter("hola"), MARCA)
    (post,) = poll_posts(marca)
    host.smtp_says[command] = says
    with pytest.raises(SendError) as failed:
        connector.send(marca, answer(post, "Hola"))
    assert (failed.value.permanent, failed.value.lost) == (permanent, False)
    assert says[10:] in failed.value.reason
    assert not host.read(MARCA, "Enviados")


def test_a_changed_password_is_refused_everywhere(host: MailHost, marca: AccountView) -> None:
    assert connector.health(marca).state is HealthState.OK
    host.deliver(letter("hola"), MARCA)
    (post,) = poll_posts(marca)
    old = replace(marca, credentials={"password": "clave-vieja"})
    assert connector.health(old).state is HealthState.REFUSED
    with pytest.raises(Refused) as refused:
        connector.poll(old, {})
    assert "clave-vieja" not in repr(refused.value)
    with pytest.raises(Refused):
        connector.send(old, answer(post, "Hola"))
    with pytest.raises(Refused):
        connector.find(old, answer(post, "Hola"))
    assert connector.health(but(marca, smtp_port=1)).state is HealthState.DEGRADED
    assert connector.health(but(marca, imap_port=1)).state is HealthState.DEGRADED


def test_a_password_beyond_ascii(host: MailHost) -> None:
    with pytest.raises(Exception, match="IMAP"):
        account_on(host, MARCA, password="contraseña€")


def test_two_machines_do_not_write_to_each_other(host: MailHost, marca: AccountView) -> None:
    host.deliver(letter("Estoy de vacaciones", Auto_Submitted="auto-replied"), MARCA)
    host.deliver(letter("Nosotros mismos", sender=MARCA), MARCA)
    assert [post.addressed for post in poll_posts(marca)] == [False, False]
    own = poll_posts(marca)[1]
    with pytest.raises(SendError) as loop:
        connector.send(marca, answer(own, "Hola"))
    assert loop.value.permanent


def test_the_date_of_an_answer_is_that_of_its_first_attempt(host: MailHost, marca: AccountView) -> None:
    host.deliver(letter("hola"), MARCA)
    (post,) = poll_posts(marca)
    sent = connector.send(marca, answer(post, "Hola"))
    assert sent.posted_at == NOON
    assert parsed(host.read(ANA)[0])["Date"].datetime == NOON
