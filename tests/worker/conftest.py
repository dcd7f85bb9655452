"""The parts of a worker, on the servers of the tests."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from moderation.broker import Nudge, make_celery
from moderation.figures import SharedFigures
from moderation.secret_keys import SecretKeys
from moderation.services.apply.kinds import Connector
from moderation.services.apply.work import Applier
from moderation.services.notify.mail import Mailer
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.notify.telegram_poll import Poller
from moderation.services.notify.telegram_updates import Updates
from moderation.services.outbox.deliver import Deliverer
from moderation.services.outbox.dispatch import Dispatcher
from moderation.services.outbox.jobs import make_relay
from moderation.services.outbox.sender import Sender
from moderation.services.pages.fetch import Fetcher
from moderation.services.pages.outbound import Outbound
from moderation.services.recheck.install_check import InstallChecker
from moderation.services.recheck.run import Rechecker
from moderation.services.sites.widget_health import WidgetHealth
from worker import tasks


def utc_now():
    return datetime.now(UTC)


@pytest.fixture
def parts(settings, engine, sessions, redis):
    """The services that the tasks call."""
    app = make_celery(settings)
    mailer = Mailer("", "", "", SecretKeys("s"))
    connector = Connector(SecretKeys("s"), frozenset(), Path())
    api, keys = make_bot_api(Outbound(), settings.telegram_api), SecretKeys("s")
    updates = Updates(sessions, api, keys, "", utc_now, 30, lambda _user: True)
    return tasks.Parts(
        engine, sessions, redis, Nudge(app, redis), Rechecker(sessions, Fetcher(), utc_now, SecretKeys("s")),
        relay=lambda: make_relay(sessions, utc_now), clock=utc_now,
        deliverer=Deliverer(sessions, mailer, utc_now, "1"), widget_health=WidgetHealth(redis),
        install_checker=InstallChecker(sessions, Fetcher(), utc_now, SecretKeys("s"), ""),
        dispatcher=Dispatcher(Sender(sessions, {}, utc_now, lambda: 0.5)), back_up=lambda: None,
        poller=Poller(sessions, updates, utc_now),
        applier=Applier(sessions, connector, connector.purge, utc_now, lambda: None, ""),
        figures=SharedFigures(redis),
    )  # fmt: skip
