"""The tree of joined persons: what falls apart, and since when two are one."""

from __future__ import annotations

from datetime import timedelta

from cortafuegos.inbox.tests.people import NOON
from cortafuegos.inbox.ties import Tie, bond, halves, reached


def tie(number: int, one: int, other: int) -> Tie:
    return Tie(number, one, other, NOON + timedelta(hours=number), 0)


TREE = [tie(1, 1, 2), tie(2, 3, 2), tie(3, 3, 4)]  # 1 - 2 - 3 - 4


def test_cut_in_the_middle():
    assert halves(TREE, TREE[1]) == ({3, 4}, {1, 2})
    assert halves(TREE, TREE[0]) == ({1}, {2, 3, 4})
    assert reached([], 7) == {7}


def test_two_are_one_since_the_latest_tie_between_them():
    assert bond(TREE, 1, 2) == TREE[0]
    assert bond(TREE, 4, 1) == TREE[2]
    assert bond(TREE, 1, 3) == TREE[1]
    assert bond(TREE, 3, 3) is None
    assert bond(TREE, 1, 9) is None
    assert bond(TREE[:1], 1, 4) is None
