"""Check the database before web or worker start."""

import click
from sqlalchemy.exc import DBAPIError

from moderation.database import make_engine, make_sessions
from moderation.services.instance.secret_key import key_problem, remember_first_key
from moderation.services.instance.server import NewerDatabase, newer_revision, require_server
from moderation.settings import Settings


def check_database(settings: Settings) -> None:
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
