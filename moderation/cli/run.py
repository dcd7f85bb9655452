"""The command that runs the whole stack."""

import sys
from pathlib import Path

import click

from moderation.settings import default_data_dir
from moderation.standalone.run import run as run_stack


@click.command()
@click.option(
    "--host", envvar="CORRIGENDA_HOST", default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option(
    "--port",
    envvar="CORRIGENDA_PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Folder for data and logs."
)
@click.option("--no-demo", is_flag=True, help="Do not create the demo site.")
@click.option("--reload", is_flag=True, help="Start web and worker again when a source file changes.")
def run(host: str, port: int, data_dir: Path | None, no_demo: bool, reload: bool) -> None:
    """Start everything on this machine: PostgreSQL, Redis, web server, worker and scheduler."""
    directory = (data_dir or default_data_dir()).resolve()
    run_stack(host=host, port=port, data_dir=directory, demo=not no_demo, say=_say, reload=reload)


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
