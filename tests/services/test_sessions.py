"""Sessions whose commits do not wait for the disk leave those of others as they are."""

import pytest
from sqlalchemy import create_engine, text

from moderation.database import make_sessions, make_unsynced_sessions


@pytest.fixture
def waiting(settings):
    """An engine whose commits wait for the disk, as in production. The tests' server does not by default."""
    made = create_engine(
        settings.sqlalchemy_url, pool_size=1, connect_args={"options": "-c synchronous_commit=on"}
    )
    yield made
    made.dispose()


def waits(session):
    return session.scalar(text("SHOW synchronous_commit")) == "on"


def test_only_the_unsynced_ones_do_not_wait(waiting):
    with make_unsynced_sessions(waiting)() as session:
        assert not waits(session)
        session.commit()
        assert not waits(session), "each of its transactions"
        pid = session.scalar(text("SELECT pg_backend_pid()"))
    with make_sessions(waiting)() as session:
        assert waits(session)
        assert session.scalar(text("SELECT pg_backend_pid()")) == pid, "the same connection"
