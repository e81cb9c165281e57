"""Install what the tests talk to on loopback. Run it with `make servers`.

Debian's packages are installed when we are root and apt is there; otherwise the one line to
run is printed and we stop. The packages for Node are kept in e2e/node/node_modules and made
again only when their lock changes: one of them compiles for more than a minute.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

NODE = Path(__file__).resolve().parent.parent / "e2e" / "node"
STAMP = NODE / "node_modules" / ".lock-hash"

# package: a program whose presence means that it is installed
DEBIAN = {
    "chromium": ["/usr/bin/chromium", "/usr/bin/chromium-browser"],
    "dovecot-imapd": ["/usr/lib/dovecot/imap"],
    "dovecot-lmtpd": ["/usr/lib/dovecot/lmtp"],
    "redis-server": ["/usr/bin/redis-server"],
    "postgresql-15": ["/usr/lib/postgresql/15/bin/postgres"],
}
# Some of these start themselves when installed; the tests start their own.
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}


def missing() -> list[str]:
    return [
        package
        for package, programs in DEBIAN.items()
        if not any(Path(program).exists() for program in programs)
    ]


def install_debian(packages: list[str]) -> bool:
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"servers: the tests need {', '.join(packages)}. Please run this once:")
        print(f"    sudo {line}")
        return False
    env = {**os.environ, **QUIET}
    print(f"servers: installing {', '.join(packages)}", flush=True)
    subprocess.run(["apt-get", "update", "-q"], env=env, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(line.split(), env=env, check=True, stdout=subprocess.DEVNULL)
    return True


def install_node() -> bool:
    if shutil.which("npm") is None:
        print("servers: the tests need Node 20 and npm. Please run this once:")
        print("    sudo apt-get install -y nodejs npm")
        return False
    wanted = hashlib.sha256((NODE / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return True
    print("servers: the Bluesky reference network and axe-core (two minutes, once)", flush=True)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=NODE, check=True, stdout=subprocess.DEVNULL)
    STAMP.write_text(wanted)
    return True


def main() -> int:
    packages = missing()
    debian = install_debian(packages) if packages else True
    node = install_node()
    if debian and node:
        print("servers: all there")
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
