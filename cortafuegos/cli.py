"""The command line. Each command is imported only when it is called, so that `--help` is quick
and the deciding parts can work with no database at hand.

A new command is a click command anywhere in the package and one line in the table.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import click

PACKAGE = Path(__file__).resolve().parent

# name: where it is, and one line of help. A command whose module is not there is not shown.
COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("cortafuegos.cli_up:up", "Run the whole desk on this machine, with a database of its own."),
    "web": ("cortafuegos.cli_serve:web", "Run the pages, the webhooks and the live updates."),
    "worker": ("cortafuegos.cli_serve:worker", "Run what reads, sends and keeps deadlines."),
    "migrate": ("cortafuegos.cli_serve:migrate", "Bring the database's tables up to date."),
    "prepare": ("cortafuegos.cli_serve:prepare", "Tables, static files and first data, as `up` does."),
    "signin": ("cortafuegos.cli_care:signin", "Print a link that signs a person in once."),
    "doctor": ("cortafuegos.worker.doctor:doctor", "Check this installation and say what to mend."),
    "channel": ("cortafuegos.cli_channel:channel", "Prove that a connected account works."),
    "import": ("cortafuegos.inbox.commands:import_", "Bring cases in from another desk."),
    "export": ("cortafuegos.inbox.commands:export", "Write everything out, in formats others can read."),
    "guard": ("cortafuegos.cli_guard:guard", "Judge replies: JSON lines in, JSON lines out."),
    "triage": ("cortafuegos.triage.commands:triage", "Read posts: JSON lines in, labels out."),
    "sandbox": ("cortafuegos.channels.sandbox.commands:sandbox", "Play a customer on the pretend network."),
}


def _exists(target: str) -> bool:
    module = target.partition(":")[0].removeprefix("cortafuegos.")
    return PACKAGE.joinpath(*module.split(".")).with_suffix(".py").exists()


class LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (target, _) in COMMANDS.items() if _exists(target)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name, ("", ""))[0]
        if not target or not _exists(target):
            return None
        module, _, attribute = target.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{target} is not a click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name][1]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cortafuegos")
def cli() -> None:
    """Cortafuegos, the customer-care desk for social networks."""


def main() -> None:
    cli(prog_name="cortafuegos")
