"""The `corrigenda` command. Each command's module is imported when it is asked for, so all start fast."""

import logging
from importlib import import_module

import click

from moderation.cli.data_dir import add_option
from moderation.environment import SettingsError
from moderation.garbage import paused
from moderation.logs import configure_logs
from moderation.services.instance.backup.problem import BackupProblem
from moderation.services.instance.server import NewerDatabase, OldServer
from moderation.standalone.problem import CannotStart
from moderation.version import VERSION

_PROCESSES = {
    "run": "run:run",
    "web": "web:web",
    "worker": "worker:worker",
    "scheduler": "scheduler:scheduler",
    "systemd": "systemd:systemd",
}
_COMMANDS = {
    "db": "database:db",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "site": "sites:site",
    "editor": "editors:editor",
    "token": "tokens:token",
    "server-key": "server_keys:server_key",
    "page": "pages:page",
    "retention": "retention:retention",
    "import": "imports:import_",
    "demo": "demo:demo",
    "doctor": "doctor:doctor",
    "shell": "shell:shell",
    "secret": "secret:secret",
}
"""Commands on the data of an instance: each gets `--data-dir`."""


class _Main(click.Group):
    """Find commands by name. Print errors that the operator can correct as one line, and exit with code 1."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(_PROCESSES | _COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and return a command."""
        if name not in self.commands:
            place = (_PROCESSES | _COMMANDS).get(name)
            if place is None:
                return None
            module, _, attribute = place.partition(":")
            with paused():
                command: click.Command = getattr(import_module(f"moderation.cli.{module}"), attribute)
            if name in _COMMANDS:
                add_option(command)
            self.add_command(command)
        return super().get_command(ctx, name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (CannotStart, OldServer, NewerDatabase, BackupProblem) as error:
            raise click.ClickException(str(error)) from None
        except SettingsError as error:
            raise click.ClickException("\n       ".join(error.problems)) from None


@click.group(cls=_Main)
@click.version_option(VERSION, message="corrigenda %(version)s")
def main() -> None:
    """Corrigenda: typo reports from readers of a news site to its editors."""
    configure_logs()  # to standard error: --json output must stay clean
    logging.getLogger("alembic").setLevel(logging.WARNING)
