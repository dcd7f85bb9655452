"""What `corrigenda doctor` says of work that failed too often."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from moderation.models import OutboxMessage
from tests.factories import OutboxMessageFactory


@pytest.fixture
def set_aside(session):
    return OutboxMessageFactory(attempts=5, set_aside_at=datetime.now(UTC), set_aside_by="0.0+other")


def test_a_message_that_was_set_aside_is_named_and_fails_the_check(run, set_aside):
    done = run("doctor")
    assert "FAIL  messages: 1 message needs attention" in done.stdout
    assert done.returncode == 1


def test_a_health_check_of_the_processes_leaves_messages_out(run, set_aside):
    assert "messages" not in run("doctor", "--processes-only").stdout


def test_an_upgrade_tries_again_what_another_build_set_aside(run, session, set_aside):
    done = run("db", "upgrade")
    assert "1 message" in done.stdout and done.returncode == 0
    session.expire_all()
    [message] = session.scalars(select(OutboxMessage))
    assert (message.set_aside_at, message.attempts) == (None, 0)
