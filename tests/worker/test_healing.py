"""An upgrade that brings the fix places the reports that the old build set aside, without a hand."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from sqlalchemy import func, update

from moderation.broker import DRAIN, make_celery
from moderation.models import OutboxMessage, Placement
from moderation.paths import PACKAGE
from moderation.services.instance.build import build_id
from tests.factories import OutboxMessageFactory, ReportFactory
from tests.support.running import eventually

FAULT = """

def place(session, report_ids, now):
    raise ValueError("min() arg is an empty sequence")
"""


@pytest.fixture
def old_build(workspace):
    """A copy of the program with a fault in triage."""
    root = workspace / "old-build"
    for folder in (PACKAGE, PACKAGE.parent / "worker"):
        shutil.copytree(folder, root / folder.name)
    with (root / "moderation" / "services" / "triage" / "place.py").open("a") as file:
        file.write(FAULT)
    return root


@pytest.fixture
def work(stack, settings):
    """Run a worker of a build until a condition is true; the outbox is drained again and again."""
    nudges = make_celery(settings)

    @contextmanager
    def worker(root):
        command = [sys.executable, "-m", "moderation.cli", "worker", "--queues", "work"]
        env = {**os.environ, **stack.env, "PYTHONPATH": str(root)}
        process = subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)

    def until(root, is_done):
        def drained():
            nudges.send_task(DRAIN)
            return is_done()

        with worker(root):
            eventually(drained)

    return until


@pytest.mark.slow
def test_an_upgrade_places_what_the_old_build_set_aside(session, redis, old_build, work):
    report = ReportFactory()
    message = OutboxMessageFactory(subject_id=report.id, site_id=report.site_id)
    session.commit()

    def is_set_aside():
        waiting = update(OutboxMessage).where(OutboxMessage.set_aside_at.is_(None))
        session.execute(waiting.values(due_at=func.now()))  # its pauses are longer than a test
        session.commit()
        session.refresh(message)
        return message.set_aside_at is not None

    def is_placed():
        session.commit()
        return session.get(Placement, report.id) is not None

    work(old_build, is_set_aside)
    assert message.error == "ValueError: min() arg is an empty sequence"
    assert message.set_aside_by not in (None, build_id())
    work(PACKAGE.parent, is_placed)
    session.refresh(message)
    assert message.done_at is not None and message.set_aside_at is None
