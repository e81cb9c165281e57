from __future__ import annotations

import csv
import io
import itertools

import pytest

from cortafuegos.inbox.importing.accounts import archive
from cortafuegos.inbox.importing.history import History
from cortafuegos.inbox.importing.source import Source
from cortafuegos.team.models import Brand

COLUMNS = [
    "tweet_id",
    "author_id",
    "inbound",
    "created_at",
    "text",
    "response_tweet_id",
    "in_response_to_tweet_id",
]


def tweet(id, author="ana", text="No me llega el pedido", at="2017-10-31T10:00:00Z", to="", answers=""):
    return [id, author, "False" if author == "condor" else "True", at, text, answers, to]


def table(rows, columns=COLUMNS):
    out = io.StringIO()
    csv.writer(out).writerows([columns, *rows])
    return out.getvalue()


@pytest.fixture
def brand(db):
    return Brand.objects.create(slug="condor", name="Aerolíneas Cóndor", time_zone="Europe/Madrid")


@pytest.fixture
def bring(brand, tmp_path):
    """Import a text or bytes; gives the outcome and the refused rows."""
    numbers = itertools.count()

    def bring(content, *, to=None, **options):
        path = tmp_path / f"{next(numbers)}.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        refused = io.BytesIO()
        encoding = options.pop("encoding", "utf-8")
        with Source(path, encoding) as source:
            history = History(source, to or archive(brand, "x"), **options)
            history.plan(refused)
            for _ in history.run(path.name):
                pass
        return history.outcome, refused.getvalue().decode()

    return bring
