"""Where the desk does not post, whoever asks for it."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from cortafuegos.channels.webhook.address import AddressRefused, resolve, why_not

NEVER = ["169.254.169.254", "169.254.0.1", "fe80::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
         "2002:a9fe:a9fe::1", "fd00:ec2::254", "100.100.100.200", "192.0.0.192", "0.0.0.0", "::",
         "224.0.0.1", "ff02::1", "255.255.255.255", "240.0.0.1"]  # fmt: skip
HERE = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
FINE = ["93.184.216.34", "10.1.2.3", "192.168.1.20", "172.16.0.9", "2606:2800:220:1::1", "fd12:3456::1"]


@pytest.mark.parametrize("ip", NEVER)
def test_metadata_and_impossible_addresses_are_refused_always(ip: str) -> None:
    for local in (True, False):
        assert why_not(ipaddress.ip_address(ip), local=local)


@pytest.mark.parametrize("ip", HERE)
def test_this_machine_only_when_allowed(ip: str) -> None:
    assert why_not(ipaddress.ip_address(ip), local=False)
    assert not why_not(ipaddress.ip_address(ip), local=True)


@pytest.mark.parametrize("ip", FINE)
def test_public_and_private_networks_are_fine(ip: str) -> None:
    assert not why_not(ipaddress.ip_address(ip), local=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://0/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1%25eth0]/", "file:///etc/passwd", "ftp://example.org/", "//example.org/",
        "http:///x", "", "http://a b/", "http://user@10.0.0.1/", "http://10.0.0.1:port/", "http://\x00/",
        "http://" + "a" * 300 + ".example/", "http://..",
    ],
)  # fmt: skip
def test_refused_addresses(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORTAFUEGOS_ALLOW_LOCAL_WEBHOOKS", raising=False)
    with pytest.raises(AddressRefused) as refused:
        resolve(url)
    assert str(refused.value)


def test_a_name_is_looked_up_once_and_all_its_addresses_must_be_good(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [["10.0.0.1"], ["10.0.0.1", "169.254.169.254"]]

    def lookup(name: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answers.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    address = resolve("https://crm.example:8443/hooks?a=1#x")
    assert address.url == "https://10.0.0.1:8443/hooks?a=1", "later answers of the name do not matter"
    assert (address.host, address.name) == ("crm.example:8443", "crm.example")
    with pytest.raises(AddressRefused):
        resolve("https://crm.example/")
