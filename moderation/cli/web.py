"""`corrigenda web`."""

import os
import resource
import tempfile

import click

from moderation.cli.become import become
from moderation.paths import GRANIAN_LOGS, PACKAGE, TEMPLATES
from moderation.settings import Settings
from moderation.web.threads import CONNECTIONS, THREADS

_HEADER_MILLISECONDS = 10_000
_HEADER_BYTES = 32 * 1024
"""Of the method, the address and all headers; the server may read twice as many. Long ones cost a second."""


@click.command()
@click.option("--reload", is_flag=True, help="Start again when a source file changes.")
@click.option("--prepared", is_flag=True, hidden=True, help="The supervisor has checked the database.")
def web(reload: bool, prepared: bool) -> None:
    """Start the web server."""
    settings = Settings.from_env()
    if not prepared:
        # Its imports take most of this command's time, and the server imports them once more.
        from moderation.cli.check_database import check_database  # noqa: PLC0415

        check_database(settings)
    _allow_connections()
    env = dict(os.environ)
    # Web processes share their metrics in files. The library reads this variable at its first import.
    env.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="corrigenda-metrics-"))
    # A hundred threads would fill sixteen arenas, and give little back. One of them runs at a time.
    env.setdefault("MALLOC_ARENA_MAX", "2")
    become(
        "granian", "--interface", "wsgi", "--factory", "--host", settings.host, "--port", str(settings.port),
        "--workers", str(settings.web_workers), "--blocking-threads", str(THREADS), "--http", "1", "--no-ws",
        "--backlog", str(CONNECTIONS), "--backpressure", str(CONNECTIONS),
        "--http1-header-read-timeout", str(_HEADER_MILLISECONDS), "--http1-buffer-size", str(_HEADER_BYTES),
        "--log-config", str(GRANIAN_LOGS),
        "--respawn-failed-workers", "--workers-kill-timeout", "2", *(_reload_options() if reload else ()),
        "moderation:serve_app", env=env,
    )  # fmt: skip


def _allow_connections() -> None:
    """Raise the limit of open files: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = hard == resource.RLIM_INFINITY
    most = 4 * CONNECTIONS if unlimited else min(hard, 4 * CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _reload_options() -> list[str]:
    folders = (PACKAGE, TEMPLATES)
    return ["--reload", *(part for folder in folders for part in ("--reload-paths", str(folder)))]
