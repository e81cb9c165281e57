"""Each rule finds what its table says and nothing that the table forbids."""

from __future__ import annotations

import pytest

from cortafuegos.guard.rules import check
from cortafuegos.guard.tests.tabled import TABLES, read, rows

RULES = sorted(path.stem for path in TABLES.glob("*.tsv"))
ROWS = [(rule, *row) for rule in RULES for row in rows(rule)]


@pytest.mark.parametrize(("rule", "hit", "reply", "known"), ROWS)
def test_a_rule_finds_what_it_should_and_nothing_else(rule, hit, reply, known):
    found = [one for one in check(*read(reply, known)).findings if one.rule == rule]
    assert bool(found) is hit
    for one in found:
        assert 0 <= one.span[0] <= one.span[1] <= len(reply)


@pytest.mark.parametrize("rule", RULES)
def test_every_table_has_enough_of_both(rule):
    signs = [row[0] for row in rows(rule)]
    assert min(signs.count(True), signs.count(False)) >= 30
    said = [(reply, str(known)) for _sign, reply, known in rows(rule)]
    assert len(set(said)) == len(said), "a row said twice proves nothing more"
