"""A request does not wait past its deadline for a database that is silent."""

import os
import signal
import time

import psutil
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from moderation.web import database_deadline, deadline
from moderation.web.database_deadline import WEB_ENGINE_OPTIONS, Breaker, keep_deadlines


@pytest.fixture
def engine(settings, monkeypatch):
    """An engine with a web process's options and short deadlines."""
    monkeypatch.setattr(deadline, "REQUEST_SECONDS", 0.4)
    monkeypatch.setattr(database_deadline, "CONNECT_SECONDS", 0)
    monkeypatch.setattr(database_deadline, "_SILENT_SECONDS", 0.3)
    made = create_engine(settings.sqlalchemy_url, **WEB_ENGINE_OPTIONS)
    keep_deadlines(made)
    yield made
    made.dispose()


def freeze(connection):
    """Stop the server process of this connection."""
    process = psutil.Process(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
    process.send_signal(signal.SIGSTOP)
    return process


def test_a_frozen_server_ends_the_request_and_the_next_ones_fail_at_once(engine):
    with pytest.raises(OperationalError), engine.connect() as connection:
        frozen = freeze(connection)
        try:
            connection.execute(text("SELECT 1"))
        finally:
            os.kill(frozen.pid, signal.SIGCONT)
    with pytest.raises(OperationalError, match="a moment ago"), engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def test_a_statement_that_the_server_ends_itself_does_not_open_the_breaker(engine):
    with pytest.raises(OperationalError, match="statement timeout"), engine.connect() as connection:
        connection.execute(text("SET statement_timeout = 50"))
        connection.execute(text("SELECT pg_sleep(5)"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_while_the_breaker_is_open_one_thread_per_second_tries_the_database():
    now = [10.0]
    breaker = Breaker(lambda: now[0])
    breaker.was_silent()
    with pytest.raises(database_deadline.OperationalError):
        breaker.require_closed()
    now[0] += 1.1
    breaker.require_closed()  # the one that tries
    with pytest.raises(database_deadline.OperationalError):
        breaker.require_closed()
    breaker.answered()
    breaker.require_closed()


def test_the_deadline_of_a_request_starts_with_the_request():
    left = []

    def app(_environ, _start):
        left.append(deadline.seconds_left())
        return []

    before = time.monotonic()
    deadline.RequestDeadline(app)({}, None)
    assert deadline.REQUEST_SECONDS - (time.monotonic() - before) <= left[0] <= deadline.REQUEST_SECONDS
    assert deadline.seconds_left() == deadline.REQUEST_SECONDS, "outside of a request"
