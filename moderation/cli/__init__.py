"""The `corrigenda` command."""

import logging

import click

from moderation.cli.backup import backup, restore
from moderation.cli.data_dir import add_option
from moderation.cli.database import db
from moderation.cli.demo import demo
from moderation.cli.doctor import doctor
from moderation.cli.editors import editor
from moderation.cli.imports import import_
from moderation.cli.pages import page
from moderation.cli.retention import retention
from moderation.cli.secret import secret
from moderation.cli.serve import run, scheduler, web, worker
from moderation.cli.server_keys import server_key
from moderation.cli.shell import shell
from moderation.cli.sites import site
from moderation.cli.systemd import systemd
from moderation.cli.tokens import token
from moderation.environment import SettingsError
from moderation.logs import configure_logs
from moderation.services.instance.backup.problem import BackupProblem
from moderation.services.instance.server import OldServer
from moderation.standalone.problem import CannotStart
from moderation.version import VERSION


class _Clear(click.Group):
    """Print errors that the operator can correct as one line, and exit with code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (CannotStart, OldServer, BackupProblem) as error:
            raise click.ClickException(str(error)) from None
        except SettingsError as error:
            raise click.ClickException("\n       ".join(error.problems)) from None


@click.group(cls=_Clear)
@click.version_option(VERSION, message="corrigenda %(version)s")
def main() -> None:
    """Corrigenda: typo reports from readers of a news site to its editors."""
    configure_logs()  # to standard error: --json output must stay clean
    logging.getLogger("alembic").setLevel(logging.WARNING)


_processes = (run, web, worker, scheduler, systemd)
_commands = (
    db,
    backup,
    restore,
    site,
    editor,
    token,
    server_key,
    page,
    retention,
    import_,
    demo,
    doctor,
    shell,
    secret,
)
for _command in (*_processes, *_commands):
    main.add_command(_command)
for _command in _commands:
    add_option(_command)
