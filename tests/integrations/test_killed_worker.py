"""The real worker process, killed ten times while WordPress writes: every correction is applied once."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from moderation.broker import APPLY, make_celery
from moderation.models import CorrectionApply
from moderation.services.apply.connection import connect
from moderation.services.cases.apply import accept_and_apply
from tests.factories import CaseFactory, EditorFactory, PageFactory, SiteFactory
from tests.support.gate import open_gate
from tests.support.running import eventually
from tests.support.wordpress import USER

MOMENTS = [*("lost", "unheard", "unanswered") * 3, "unheard"]


@pytest.fixture
def gate(wordpress):
    """What stands between the worker and WordPress."""
    with open_gate(wordpress.url, MOMENTS) as opened:
        yield opened


@pytest.fixture
def start_worker(stack, gate):
    """Run the worker of the queue `apply`."""

    @contextmanager
    def run():
        command = [sys.executable, "-m", "moderation.cli", "worker", "--queues", "apply"]
        env = {**os.environ, **stack.env, "CORRIGENDA_PRIVATE_HOSTS": gate.host}
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.kill()
            process.wait(30)

    return run


@pytest.fixture
def posts(session, settings, wordpress, gate):
    """A post of each of ten sites, with an accepted correction that waits for the worker."""
    made = []
    for number in range(len(MOMENTS)):
        post = wordpress.post("<p>Все пришли, однако он опоздал на час.</p>", title=f"Пост {number}")
        site = SiteFactory()
        given = {"address": gate.url, "user": USER}
        keys = settings.secret_keys
        connect(
            session, None, site, "wordpress", given, secret=wordpress.password, purge_url="", secret_keys=keys
        )
        page = PageFactory(site=site, url=post["link"])
        case = CaseFactory(
            site=site, page=page, exact="однако", prefix="Все пришли, ", suffix=" он опоздал на час."
        )
        editor = EditorFactory(role="editor", role__site=site)
        session.commit()
        now = datetime.now(UTC)
        accept_and_apply(session, editor, case.id, version=case.version, correction="однако,", now=now)
        made.append(post)
    return made


def test_ten_kills_while_wordpress_writes(session, settings, redis, wordpress, gate, start_worker, posts):
    nudges = make_celery(settings)

    def asked(is_done):
        nudges.send_task(APPLY)
        session.rollback()
        return is_done()

    for kills in range(1, len(MOMENTS) + 1):
        with start_worker() as worker:
            gate.worker = worker.pid
            eventually(lambda kills=kills: asked(lambda: gate.kills == kills), 120)
            assert worker.wait(30) == -signal.SIGKILL
    rows = session.query(CorrectionApply)
    with start_worker() as worker:
        gate.worker = worker.pid
        eventually(
            lambda: asked(lambda: {row.status for row in rows.populate_existing()} == {"applied"}), 120
        )
    for post in posts:
        assert wordpress.raw(post) == "<p>Все пришли, однако, он опоздал на час.</p>"
        assert len(wordpress.revisions(post)) == 1
    assert len(gate.written) == len(set(gate.written)) == len(posts)
