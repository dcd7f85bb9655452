"""`corrigenda worker`."""

import os

import click

from moderation.broker import QUEUES
from moderation.cli.check_database import check_database
from moderation.settings import Settings


def _queues(_context: click.Context, _option: click.Parameter, value: str) -> list[str]:
    names = value.split(",")
    for name in names:
        if name not in QUEUES:
            raise click.BadParameter(f"{name!r} is no queue: choose from {', '.join(QUEUES)}")
    return names


_NICENESS = 10
"""Of a worker that places no reports: on a machine that is short of processors, reports come first."""


@click.command()
@click.option(
    "--queues", default=",".join(QUEUES), show_default=True, callback=_queues,
    help="What it works on: reports (work), pages (fetch), mail, webhooks and channels (deliveries), backups "
    "and clean-up (upkeep), corrections in a CMS (apply).",
)  # fmt: skip
def worker(queues: list[str]) -> None:
    """Start a background worker. Several can run, each with its own queues."""
    if "work" not in queues:
        os.nice(_NICENESS)
    check_database(Settings.from_env())
    # Fetching has two: an admin who waits for a check does not wait for a thousand pages.
    threads = sum(1 if name == "mail" else 2 for name in queues)
    arguments = [
        "--quiet", "-A", "worker.start", "worker", "--pool", "threads", "--concurrency", str(threads),
        "--queues", ",".join(QUEUES[name] for name in queues),
        "--loglevel", "INFO", "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    # In this process: another would import once more what the check of the database needed.
    from celery.bin.celery import celery  # noqa: PLC0415 - the web server does not need it

    celery.main(arguments, prog_name="celery", auto_envvar_prefix="CELERY")
