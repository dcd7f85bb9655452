from datetime import timedelta
from itertools import count
from threading import Thread

import pytest
from sqlalchemy import select

from moderation.models import (
    Subscriber,
    TelegramBot,
)
from moderation.services.notify.subscribers import InvalidSubscriber
from moderation.services.notify.telegram_poll import Poller
from moderation.services.notify.telegram_updates import Updates
from tests.factories import SiteFactory
from tests.support.telegram_bot import ANNA


class TestPolling:
    def test_one_worker_polls_a_bot_and_another_one_goes_on_when_it_died(
        self, session, telegram, add, poll, clock
    ):
        add()
        [bot] = session.scalars(select(TelegramBot))
        bot.poll_at = clock() + timedelta(minutes=1)  # another worker's lease
        session.commit()
        telegram.write("/start", ANNA)
        assert poll() == 0
        clock.pass_(minutes=2)
        assert poll() == 1
        assert poll() == 0

    def test_a_webhook_that_was_set_elsewhere_is_ended(self, session, telegram, add, poll, clock):
        add()
        telegram.webhook = {"url": "https://elsewhere.example/"}
        telegram.write("/start", ANNA)
        assert poll() == 0
        [bot] = session.scalars(select(TelegramBot))
        session.refresh(bot)
        assert "webhook is active" in bot.poll_error and telegram.webhook["url"] == ""
        clock.pass_(minutes=1)
        assert poll() == 1
        session.refresh(bot)
        assert bot.poll_error is None

    def test_an_update_of_an_unknown_shape_is_passed_over(self, telegram, add, poll):
        add()
        telegram.write("/start", ANNA)["message"]["from"] = "nobody"
        telegram.write("/start", ANNA)
        assert poll() == 2
        assert len(telegram.messages) == 1

    def test_a_stranger_who_writes_without_end_keeps_no_other_bot_from_its_turn(
        self, sessions, telegram, add, api, key, clock, monkeypatch
    ):
        add()
        updates = Updates(sessions, api, key, "https://typos.example", clock, 30, lambda _user: True)
        poller = Poller(sessions, updates, clock, wait_seconds=0, stopwatch=count().__next__)
        ask = telegram._getUpdates

        def ask_and_write(**fields):
            telegram.write("hello", ANNA)
            return ask(**fields)

        monkeypatch.setattr(telegram, "_getUpdates", ask_and_write)
        running = Thread(target=poller.run)
        running.start()
        running.join(20)
        is_over = not running.is_alive()
        poller.stop.set()
        running.join()
        assert is_over


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"secret": "123456:" + "x" * 30}, "secret"), ({"secret": "abc"}, "secret"),
        ({"secret": ""}, "secret"), ({"chat": "news"}, "chat"), ({"time_zone": "Mars"}, "time_zone"),
    ],
)  # fmt: skip
def test_a_bot_that_cannot_work_is_refused_at_its_field(session, add, changed, field):
    with pytest.raises(InvalidSubscriber) as refused:
        add(**changed)
    assert refused.value.field == field
    session.rollback()
    assert session.scalars(select(Subscriber)).all() == []


def test_one_bot_serves_one_site(session, add):
    add()
    with pytest.raises(InvalidSubscriber):
        add(at=SiteFactory())
