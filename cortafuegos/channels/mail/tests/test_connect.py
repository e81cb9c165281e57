from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cortafuegos.channels.contract import ConnectError
from cortafuegos.channels.mail.connector import connector
from cortafuegos.channels.mail.providers import Server, imap_guesses, provider_of, smtp_guesses
from cortafuegos.channels.mail.trouble import Cause, LoginRefused, cause_of
from e2e.networks.mail import MailHost

from .conftest import MARCA

NOWHERE = "no-such-host.invalid"


@pytest.mark.network_twin
@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"password": "mala"}, "password", "IMAP"),
        ({"address": "nadie"}, "address", "address"),
        ({"address": "ñandú@marca.test"}, "address", "address"),
        ({"password": ""}, "password", "password"),
        ({"password": "a\r\nQUIT"}, "password", "password"),
        ({"imap_host": NOWHERE}, "imap_host", NOWHERE),
        ({"imap_port": "1"}, "imap_host", "port 1"),
        ({"imap_port": "99999"}, "imap_port", "65535"),
        ({"imap_port": "-1"}, "imap_port", "65535"),
        ({"imap_port": "١٤٣"}, "imap_port", "65535"),
        ({"imap_security": "ssl3"}, "imap_security", "starttls"),
        ({"imap_security": "tls"}, "imap_security", "“tls”"),
        ({"imap_security": "starttls"}, "imap_security", "“starttls”"),
        ({"imap_host": "mail.test/path"}, "imap_host", "name"),
        ({"smtp_host": NOWHERE}, "smtp_host", "SMTP"),
        ({"smtp_port": "1"}, "smtp_host", "SMTP"),
        ({"smtp_security": "starttls"}, "smtp_security", "SMTP"),
    ],
)
def test_it_says_which_server_fails_and_how(
    host: MailHost, changes: dict[str, str], field: str, says: str
) -> None:
    with pytest.raises(ConnectError) as wrong:
        connector.connect({**host.form(MARCA), **changes})
    assert wrong.value.field == field
    assert says in str(wrong.value.sentence)
    assert "mala" not in str(wrong.value.sentence)


@pytest.mark.network_twin
def test_a_password_only_one_server_takes(host: MailHost) -> None:
    for answer, field in (("535 5.7.8 No", "password"), ("454 4.7.0 Later", "smtp_host")):
        host.smtp_says["AUTH"] = answer
        with pytest.raises(ConnectError) as wrong:
            connector.connect(host.form(MARCA))
        assert wrong.value.field == field
        assert "SMTP" in str(wrong.value.sentence)


@pytest.mark.network_twin
def test_what_was_found_is_kept(host: MailHost) -> None:
    found = connector.connect(host.form(" Ayuda@Marca.test ", password="clave-marca", name="Lumbre\r\nX: y"))
    assert (found.network_id, found.handle, found.name) == (MARCA, MARCA, "Lumbre X: y")
    assert found.config["smtp_port"] == host.smtp_port
    assert found.credentials == {"password": "clave-marca"}
    assert "clave-marca" not in str(found.config)


@pytest.fixture
def unknown_authority(tmp_path: Path) -> Iterator[int]:
    """A server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "both.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _peer = listener.accept()
            with client, pytest.raises(ssl.SSLError):
                context.wrap_socket(client, server_side=True)

        thread = threading.Thread(target=serve)
        thread.start()
        yield int(listener.getsockname()[1])
        thread.join(5)


@pytest.mark.network_twin
def test_no_password_goes_to_a_server_nobody_vouches_for(host: MailHost, unknown_authority: int) -> None:
    form = host.form(MARCA, imap_host="localhost", imap_port=str(unknown_authority), imap_security="tls")
    with pytest.raises(ConnectError) as wrong:
        connector.connect(form)
    assert "certificate" in str(wrong.value.sentence)


def test_guesses_follow_the_address_and_what_was_typed() -> None:
    assert imap_guesses("gmail.com", "", None, "") == [Server("imap.gmail.com", 993, "tls")]
    assert imap_guesses("marca.test", "", None, "") == [
        Server("imap.marca.test", 993, "tls"),
        Server("mail.marca.test", 993, "tls"),
    ]
    assert imap_guesses("gmail.com", "mi.test", 143, "") == [Server("mi.test", 143, "starttls")]
    assert imap_guesses("marca.test", "mi.test", None, "none") == [Server("mi.test", 143, "none")]
    assert imap_guesses("marca.test", "mi.test", 1143, "") == [Server("mi.test", 1143, "tls")]
    assert smtp_guesses("hotmail.es", "", None, "") == [Server("smtp.office365.com", 587, "starttls")]
    assert smtp_guesses("marca.test", "mi.test", None, "") == [
        Server("mi.test", 465, "tls"),
        Server("mi.test", 587, "starttls"),
    ]
    assert smtp_guesses("marca.test", "mi.test", 587, "") == [Server("mi.test", 587, "starttls")]
    hosted = provider_of("marca.test", "imap.gmail.com")
    assert hosted is not None
    assert hosted.app_password
    assert provider_of("marca.test", "imap.marca.test") is None


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("[AUTHENTICATIONFAILED] Invalid credentials (Failure)", Cause.LOGIN),
        ("LOGIN failed.", Cause.LOGIN),
        ("[ALERT] Too many simultaneous connections. (Failure)", Cause.OTHER),
        ("[UNAVAILABLE] Temporary authentication failure.", Cause.OTHER),
        ("[INUSE] Mailbox is locked", Cause.OTHER),
        ("[ALERT] Application-specific password required", Cause.LOGIN),
    ],
)
def test_a_busy_server_is_not_a_wrong_password(said: str, cause: Cause) -> None:
    assert cause_of(LoginRefused(said)) is cause
