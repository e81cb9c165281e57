"""The recorded payloads of each network, and what they must be read as.

In ``channels/<network>/samples``:

- ``account.json``: the account that reads them, as AccountView's fields;
- ``<name>.json``: {"headers": {...}, "body": text or JSON, "key", "signed_at" and "timeless" if need be},
  or ``<name>.eml``: the raw body;
- ``<name>.statuses.json``: of a connector that follows what became of our messages, what the payload
  tells of them; no such file: nothing;
- ``<name>.posts.json``: the posts, as ``dataclasses.asdict`` with ISO times. No such file: the
  payload is one that ``read`` must refuse with Unreadable.

``python -m cortafuegos.channels.tests.samples <network> <name>`` prints what ``read`` makes of a
sample: look at it, and keep it as ``<name>.posts.json`` when it is right. With ``statuses`` after the
name it prints those; without a name it keeps the posts of all samples, and names those it refuses.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import django

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Follows, Status
from cortafuegos.channels.contract import AccountView, Delivery, Post, Unreadable


@dataclass(frozen=True)
class Sample:
    network: str
    name: str
    delivery: Delivery
    posts: list[dict[str, Any]] | None  # None: must be refused
    signed_at: datetime | None
    statuses: list[dict[str, Any]]
    timeless: bool = False  # the network signs no time: nothing can be called stale

    def __str__(self) -> str:
        return f"{self.network}-{self.name}"


def folder(network: str) -> Path:
    package = importlib.import_module(f"cortafuegos.channels.{network}")
    return Path(package.__path__[0]) / "samples"


def account(network: str) -> AccountView:
    said = json.loads((folder(network) / "account.json").read_text("utf-8"))
    defaults = {"id": 1, "network": network, "language": "es", "config": {}, "credentials": {}}
    return AccountView(**{**defaults, **said})


def samples(network: str) -> list[Sample]:
    found = [p for p in sorted(folder(network).iterdir()) if p.suffix in (".json", ".eml")]
    return [_sample(network, p) for p in found if p.name != "account.json" and p.suffixes[0] == p.suffix]


def _sample(network: str, path: Path) -> Sample:
    said = {"body": path.read_bytes()} if path.suffix == ".eml" else json.loads(path.read_text("utf-8"))
    expected = path.with_name(f"{path.stem}.posts.json")
    statuses = path.with_name(f"{path.stem}.statuses.json")
    return Sample(
        network=network,
        name=path.stem,
        delivery=Delivery(
            key=said.get("key", path.stem),
            body=_bytes(said["body"]),
            headers={k.lower(): v for k, v in said.get("headers", {}).items()},
        ),
        posts=json.loads(expected.read_text("utf-8")) if expected.exists() else None,
        statuses=json.loads(statuses.read_text("utf-8")) if statuses.exists() else [],
        signed_at=datetime.fromisoformat(said["signed_at"]) if "signed_at" in said else None,
        timeless=bool(said.get("timeless", False)),
    )


def _bytes(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def plain(posts: Sequence[Post | Status]) -> list[dict[str, Any]]:
    """Posts as the ``.posts.json`` files say them; statuses likewise."""
    said: list[dict[str, Any]] = json.loads(json.dumps([asdict(p) for p in posts], default=_iso))
    return said


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def main(network: str, name: str = "", what: str = "posts") -> None:
    if not name:
        keep(network)
        return
    sample = next(s for s in samples(network) if s.name == name)
    connector, us = registry.connector(network), account(network)
    found: Sequence[Post | Status] = connector.read(us, sample.delivery)
    if what == "statuses":
        found = connector.statuses(us, sample.delivery) if isinstance(connector, Follows) else []
    sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=1) + "\n")


def keep(network: str) -> None:
    connector, us = registry.connector(network), account(network)
    for sample in samples(network):
        try:
            posts = plain(connector.read(us, sample.delivery))
        except Unreadable as error:
            sys.stdout.write(f"{sample.name}: refused, {error}\n")
            continue
        words = json.dumps(posts, ensure_ascii=False, indent=1) + "\n"
        (folder(network) / f"{sample.name}.posts.json").write_text(words, "utf-8")
        sys.stdout.write(f"{sample.name}: {len(posts)} posts\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortafuegos.settings")
    django.setup()  # what a connector tells people is translated
    main(*sys.argv[1:])
