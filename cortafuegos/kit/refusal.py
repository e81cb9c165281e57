"""An expected "no": told to the person in their language, never a server error."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A verb that cannot be done now, with the sentence that says why and what was kept.

    code: stable, for the API. status: 403 not allowed, 409 somebody was first, 422 not possible.
    """

    def __init__(self, sentence: Any, *, code: str, status: int = 409) -> None:
        super().__init__(code)
        self.sentence, self.code, self.status = sentence, code, status
