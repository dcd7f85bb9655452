"""Webhooks of a site, and a dispatcher with a clock that a test moves."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.secret_keys import SecretKeys
from moderation.services.cases.decide import decide
from moderation.services.notify.mail import Mailer
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.notify.webhook_secrets import set_secret
from moderation.services.outbox.dispatch import THREADS, Dispatcher
from moderation.services.outbox.jobs import JOBS
from moderation.services.outbox.kinds import make_kinds
from moderation.services.outbox.relay import Relay
from moderation.services.outbox.sender import Sender
from moderation.services.pages.outbound import Outbound
from tests.factories import (
    NOON,
    CaseFactory,
    OutboxMessageFactory,
    ReportFactory,
    SiteFactory,
    SubscriberFactory,
)
from tests.support.outbox import utc_now
from tests.support.receivers import receive


class Clock:
    """A clock that only moves when it is told."""

    def __init__(self):
        # Later than all rows that a test makes. Receivers refuse what is five minutes ahead.
        self.time = datetime.now(UTC) + timedelta(minutes=4)

    def __call__(self):
        return self.time

    def pass_(self, **time):
        self.time += timedelta(**time)


@pytest.fixture
def key():
    """The SECRET_KEY."""
    return SecretKeys("k" * 40)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def receiver():
    with receive() as running:
        yield running


@pytest.fixture
def receivers():
    """Makes any number of receivers."""
    opened = []

    def make():
        opened.append(receive())
        return opened[-1].__enter__()

    yield make
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture
def subscribe(session, site, key):
    """Makes a webhook of the site that an owner entered."""

    def make(receiver, **fields):
        fields = {"site": site, "settings": {"url": receiver.url}, "is_operators": True} | fields
        subscriber = SubscriberFactory(**fields)
        set_secret(key, subscriber)
        session.commit()
        return subscriber

    return make


@pytest.fixture
def dispatcher(sessions, clock, key):
    """Makes a dispatcher that may reach these receivers."""

    def make(*receivers, seconds=0.3, smtp_url="", api="https://api.invalid", threads=THREADS, **options):
        outbound = Outbound(frozenset(receiver.host for receiver in receivers), seconds=seconds)
        sender = Sender(
            sessions,
            make_kinds(
                outbound,
                Mailer(smtp_url, "typos@news.example", "https://typos.example", key),
                make_bot_api(outbound, api),
                sessions,
            ),
            clock,
            lambda: 0.5,
            **options,
        )
        return Dispatcher(sender, threads)

    return make


@pytest.fixture
def arrived(session):
    """Reports with their messages, as intake leaves them."""
    site = SiteFactory()

    def arrive(count=1, site=site, **fields):
        reports = [ReportFactory(site=site, **fields) for _ in range(count)]
        return reports, [OutboxMessageFactory(subject_id=report.id, site_id=site.id) for report in reports]

    return arrive


@pytest.fixture
def drain(sessions):
    """Drains the outbox; answers how many messages were done."""

    def run(jobs=JOBS, build="1", **options):
        return Relay(sessions, jobs, utc_now, build=build, **options).drain()

    return run


@pytest.fixture
def act(session, site, editor):
    """Decides cases of the site, so that events arise."""

    def run(*actions, case=None):
        case = case or CaseFactory(site=site)
        for action in actions:
            decide(session, editor, case.id, action, version=case.version, now=NOON)
        return case

    return run
