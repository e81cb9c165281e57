from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def known(value: Any, where: str = "answer") -> None:
    """No field that X's models do not know, at any depth, and nothing left as bare JSON."""
    if isinstance(value, BaseModel):
        assert not value.model_extra, f"{where}: {sorted(value.model_extra or ())}"
        for name in type(value).model_fields:
            known(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, list):
        for item in value:
            known(item, f"{where}[]")
