"""Where one installation keeps what is its own: the database, the secret, the collected static files."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def home() -> Path:
    """CORTAFUEGOS_HOME, or ~/.local/share/cortafuegos; made on first use, closed to others."""
    folder = Path(os.environ.get("CORTAFUEGOS_HOME") or "~/.local/share/cortafuegos").expanduser()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret() -> str:
    """CORTAFUEGOS_SECRET, or the one written on first use to a file that only its owner reads.

    It signs sessions and seals the networks' credentials: without it they cannot be opened again,
    so it belongs in the backup.
    """
    if given := os.environ.get("CORTAFUEGOS_SECRET"):
        return given
    path = home() / "secret.key"
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip()
    # Written whole beside and linked into place: of two processes starting at once, one wins
    # and both read the same.
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text().strip()
