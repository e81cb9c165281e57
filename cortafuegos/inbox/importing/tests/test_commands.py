"""The commands as a person runs them, and kills them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from django.db.models import Count, Subquery

from cortafuegos.inbox.importing.tests.conftest import table, tweet
from cortafuegos.inbox.models import Case, ImportRun, Message
from cortafuegos.team.models import Brand

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def command(*args, **options):
    found = connection.settings_dict
    url = f"postgresql://{found['USER']}@/{found['NAME']}?host={quote(found['HOST'])}"
    return subprocess.Popen(
        [sys.executable, "-m", "cortafuegos", *map(str, args)],
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def run(*args):
    process = command(*args)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.fixture
def brand(transactional_db):
    return Brand.objects.create(slug="condor", name="Aerolíneas Cóndor")


def test_killed_again_and_again_it_ends_complete_with_no_doubles(brand, tmp_path):
    rows = [tweet(str(n), f"u{n % 700}", at=f"2017-10-{n % 28 + 1:02}T10:00:00Z") for n in range(4000)]
    path = tmp_path / "history.csv"
    path.write_text(table(rows))
    chance, killed = random.Random(3), 0
    while killed < 4:
        before = Message.objects.count()
        process = command("import", path, "--brand", "condor")
        while Message.objects.count() == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.15))
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += 1
        # In one statement: what was sent before the kill may still be committed after it.
        counted = Subquery(Message.objects.order_by().values("brand").annotate(n=Count("pk")).values("n"))
        done, there = ImportRun.objects.annotate(there=counted).values_list("rows_done", "there").get()
        assert done == there
    assert killed >= 2
    code, out, err = run("import", path, "--brand", "condor")
    assert code == 0, err
    assert Message.objects.count() == 4000
    # each row stands alone: a case for each
    assert Case.objects.count() == 4000
    assert len(set(Case.objects.values_list("number", flat=True))) == 4000
    assert "had been imported before" in out


def test_it_tells_what_it_did_and_where_the_bad_rows_are(brand, tmp_path):
    path = tmp_path / "history.csv"
    path.write_text(table([tweet("1"), tweet("2", at="soon")]))
    code, out, _ = run("import", path, "--brand", "condor")
    assert code == 0
    assert "1 new messages in 1 new cases" in out
    refused = tmp_path / "history.csv.refused.jsonl"
    assert str(refused) in out
    assert json.loads(refused.read_text())["line"] == 3


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--brand", "nobody"], "There is no brand nobody. There is: condor."),
        (["--brand", "condor", "--account", "77"], "condor has no account 77"),
        (["--brand", "condor", "--network", "Twitter!"], "small word"),
        (["--brand", "condor", "--encoding", "klingon"], "not written in klingon"),
    ],
)
def test_what_was_asked_wrongly_is_said_plainly(brand, tmp_path, args, told):
    path = tmp_path / "history.csv"
    path.write_text(table([tweet("1")]))
    code, _, err = run("import", path, *args)
    assert code != 0
    assert told in " ".join(err.split())
    assert "Traceback" not in err


def test_only_one_import_at_a_time(brand, tmp_path):
    path = tmp_path / "history.csv"
    path.write_text(table([tweet("1")]))
    dsn = f"postgresql://{connection.settings_dict['USER']}@/{connection.settings_dict['NAME']}"
    with psycopg.connect(dsn, host=connection.settings_dict["HOST"]) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [0x1407, brand.pk])
        code, _, err = run("import", path, "--brand", "condor")
    assert (code, Message.objects.count()) == (1, 0)
    assert "Another import into this brand is running" in err


def test_out_and_in_again_by_the_commands(brand, tmp_path):
    path = tmp_path / "history.csv"
    path.write_text(table([tweet("1"), tweet("2", "condor", "@ana Hola", to="1")]))
    run("import", path, "--brand", "condor")
    packed = tmp_path / "condor.jsonl.gz"
    code, _, err = run("export", "--brand", "condor", packed)
    assert code == 0, err
    assert "2 message" in err
    assert run("import", packed, "--brand", "nuevo")[0] != 0
    code, out, err = run("import", packed, "--brand", "nuevo", "--create")
    assert code == 0, err
    assert "2 message" in out
    assert Message.objects.filter(brand__slug="nuevo").count() == 2
    code, _, err = run("import", packed, "--brand", "nuevo")
    assert code == 1
    assert "Nothing was changed" in err
    assert run("export", "--brand", "condor")[1].startswith('{"type":"cortafuegos-export"')
