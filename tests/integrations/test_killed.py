"""A worker that is killed at any moment of its work: the correction is applied exactly once."""

import multiprocessing
import os
import signal
from datetime import UTC, datetime, timedelta

from moderation.database import make_engine, make_sessions
from moderation.integrations.cms.wordpress import WordPress
from moderation.models import CorrectionApply
from moderation.services.apply.send import Sender
from moderation.services.apply.work import Applier
from moderation.services.cases.apply import accept_and_apply
from tests.factories import CaseFactory, CmsConnectionFactory, PageFactory
from tests.support.wordpress import USER


def deadly(send, number, *, answered):
    """A sender that kills its process at a request: before it is sent, or when it was answered."""
    left = [number]

    def request(method, url, **more):
        left[0] -= 1
        if left[0] == 0 and not answered:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = send(method, url, **more)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return request


def work(settings, wordpress, now, number, answered):
    """Be a worker, which is killed at a request."""
    sender = deadly(Sender(frozenset({wordpress.host})), number, answered=answered)
    cms = WordPress(wordpress.url, USER, wordpress.password, sender)
    sessions = make_sessions(make_engine(settings))
    Applier(sessions, lambda _: cms, lambda *_: None, lambda: now, lambda: None, "").run()


def test_a_correction_is_applied_once_whenever_the_worker_is_killed(
    session, settings, site, editor, wordpress
):
    post = wordpress.post("<p>Все пришли, однако он опоздал на час.</p>")
    page = PageFactory(site=site, url=post["link"])
    case = CaseFactory(
        site=site, page=page, exact="однако", prefix="Все пришли, ", suffix=" он опоздал на час."
    )
    CmsConnectionFactory(site=site)
    now = datetime.now(UTC)
    accept_and_apply(session, editor, case.id, version=case.version, correction="однако,", now=now)
    kills = 0
    process = multiprocessing.get_context("fork")
    for number in range(1, 9):
        for answered in (False, True):
            now += timedelta(minutes=2)
            child = process.Process(target=work, args=(settings, wordpress, now, number, answered))
            child.start()
            child.join(60)
            kills += child.exitcode == -signal.SIGKILL
    session.expire_all()
    applied = session.query(CorrectionApply).one()
    assert (applied.status, applied.source_before, applied.source_after) == ("applied", "однако", "однако,")
    assert wordpress.raw(post) == "<p>Все пришли, однако, он опоздал на час.</p>"
    assert len(wordpress.revisions(post)) == 1
    assert kills >= 10
