"""Words for the rules of tone: key "rule" or "rule/variant"; a literal per cent sign is doubled."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}

TITLES: Mapping[str, str] = {}
