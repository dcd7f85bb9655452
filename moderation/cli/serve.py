"""Commands that run one process of the stack."""

import os
import resource
import tempfile

import click
from sqlalchemy.exc import DBAPIError

from moderation.broker import QUEUES
from moderation.cli.become import become
from moderation.database import make_engine, make_sessions
from moderation.paths import GRANIAN_LOGS, PACKAGE, TEMPLATES
from moderation.services.instance.secret_key import key_problem, remember_first_key
from moderation.services.instance.server import NewerDatabase, newer_revision, require_server
from moderation.settings import Settings
from moderation.web.threads import THREADS

WEB_CONNECTIONS = 4096
"""Connections of one web process. A waiting keep-alive connection counts too."""
_HEADER_MILLISECONDS = 10_000
_HEADER_BYTES = 64 * 1024
"""Of the method, the address and all headers. Reading long ones takes a second of a process."""


@click.command()
@click.option("--reload", is_flag=True, help="Start again when a source file changes.")
def web(reload: bool) -> None:
    """The web server (granian)."""
    settings = Settings.from_env()
    _check_database(settings)
    _allow_connections()
    env = dict(os.environ)
    # Web processes share their metrics in files. The library reads this variable at its first import.
    env.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="corrigenda-metrics-"))
    become(
        "granian", "--interface", "wsgi", "--factory", "--host", settings.host, "--port", str(settings.port),
        "--workers", str(settings.web_workers), "--blocking-threads", str(THREADS), "--http", "1", "--no-ws",
        "--backlog", str(WEB_CONNECTIONS), "--backpressure", str(WEB_CONNECTIONS),
        "--http1-header-read-timeout", str(_HEADER_MILLISECONDS), "--http1-buffer-size", str(_HEADER_BYTES),
        "--log-config", str(GRANIAN_LOGS),
        "--respawn-failed-workers", "--workers-kill-timeout", "2", *(_reload_options() if reload else ()),
        "moderation:create_app", env=env,
    )  # fmt: skip


def _allow_connections() -> None:
    """Raise the limit of open files: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = hard == resource.RLIM_INFINITY
    most = 4 * WEB_CONNECTIONS if unlimited else min(hard, 4 * WEB_CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _reload_options() -> list[str]:
    folders = (PACKAGE, TEMPLATES)
    return ["--reload", *(part for folder in folders for part in ("--reload-paths", str(folder)))]


def _queues(_context: click.Context, _option: click.Parameter, value: str) -> list[str]:
    names = value.split(",")
    for name in names:
        if name not in QUEUES:
            raise click.BadParameter(f"{name!r} is no queue: choose from {', '.join(QUEUES)}")
    return names


@click.command()
@click.option(
    "--queues", default=",".join(QUEUES), show_default=True, callback=_queues,
    help="What it works on: reports (work), pages (fetch), mail, webhooks and channels (deliveries), backups "
    "and clean-up (upkeep), corrections in a CMS (apply).",
)  # fmt: skip
def worker(queues: list[str]) -> None:
    """The worker (Celery). Several can run, each with its own queues."""
    _check_database(Settings.from_env())
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


def _check_database(settings: Settings) -> None:
    """Refuse a server that is too old. Warn of a newer version's tables and a changed SECRET_KEY.

    The process starts even if the database does not answer or has no tables: /readyz reports that. It also
    starts on the tables of a newer version: a process that dies during a rolling upgrade must come back.
    Raises OldServer.
    """
    engine = make_engine(settings)
    try:
        require_server(engine)
        with engine.connect() as connection:
            newer = newer_revision(connection)
        if newer is not None:
            click.echo(f"WARNING: {NewerDatabase(newer)}, unless you are upgrading now", err=True)
        with make_sessions(engine)() as session:
            remember_first_key(session, settings.secret_keys)
            problem = key_problem(session, settings.secret_keys)
            if problem is not None:
                click.echo(f"WARNING: {problem}", err=True)
    except DBAPIError:
        return
    finally:
        engine.dispose()
