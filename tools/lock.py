"""Write the two lock files: exact versions and hashes, no address of any machine.

Run it with `make lock`. Indexes and folders set up on this machine alone are left out on
purpose: the hashes must be those of the public index, or nobody else can install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON = [
    "--no-config",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
    "--quiet",
]
LOCKS = {
    "requirements.lock": ["--group=build"],
    "requirements-dev.lock": ["--group=build", "--group=dev", "--constraint=requirements.lock"],
}


def main() -> int:
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".venv/bin"))
    if uv is None:
        print("lock: uv is needed: .venv/bin/pip install uv")
        return 1
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    for target, options in LOCKS.items():
        command = [uv, "pip", "compile", "pyproject.toml", *COMMON, *options, "-o", target]
        subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, env=env, check=True)
        print(f"lock: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
