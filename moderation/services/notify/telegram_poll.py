"""Ask Telegram for the updates of bots whose instance is not public (long polling), one worker per bot."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from moderation.models import Subscriber, TelegramBot
from moderation.services.notify.telegram_api import NotCalled, Refused
from moderation.services.notify.telegram_bots import UPDATES
from moderation.services.notify.telegram_secrets import open_secrets
from moderation.services.notify.telegram_updates import Update, Updates
from moderation.services.secret_box import CannotOpen

LEASE = timedelta(minutes=3)
"""Longer than a request with the handling of all its updates."""
WAIT_SECONDS = 10
"""How long Telegram keeps a request open while there is no update."""
_MARGIN_SECONDS = 5.0
_MOST_UPDATES = 10
_TURN_SECONDS = 15.0
"""How long a bot is polled again and again. Anybody can write to a bot without end."""
_MOST_BOTS = 16
_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = 3600.0
_LONGEST_ERROR = 300

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Poller:
    """Polls all bots that are due. A lease per bot lets only one worker poll it."""

    sessions: sessionmaker[Session]
    updates: Updates
    clock: Callable[[], datetime]
    wait_seconds: int = WAIT_SECONDS
    stop: Signal = field(default_factory=Signal)
    stopwatch: Callable[[], float] = time.monotonic

    def run(self) -> int:
        """Poll each due bot until it has no update, or its turn is over. Returns the number of updates."""
        bots = self._claim()
        if not bots:
            return 0
        with ThreadPoolExecutor(len(bots), thread_name_prefix="telegram") as pool:
            return sum(pool.map(self._serve, bots))

    def _claim(self) -> list[UUID]:
        now = self.clock()
        with self.sessions() as session:
            due = (
                select(TelegramBot)
                .join(Subscriber)
                .where(Subscriber.is_on, Subscriber.settings["mode"].astext == "polling")
                .where(or_(TelegramBot.poll_at.is_(None), TelegramBot.poll_at <= now))
                .order_by(TelegramBot.poll_at.nulls_first())
                .limit(_MOST_BOTS)
                .with_for_update(of=TelegramBot, skip_locked=True)
            )
            bots = session.scalars(due).all()
            for bot in bots:
                bot.poll_at = now + LEASE
            session.commit()
            return [bot.subscriber_id for bot in bots]

    def _serve(self, bot_id: UUID) -> int:
        """Poll one bot, and give its lease back. Returns the number of handled updates."""
        done, pause, error = 0, timedelta(), None
        until = self.stopwatch() + _TURN_SECONDS
        try:
            while not self.stop.is_set() and self.stopwatch() < until:
                count = self._poll_once(bot_id)
                done += count
                if not count:
                    break
        except (CannotOpen, NotCalled) as problem:
            pause, error = _PAUSE, str(problem)
        except Refused as problem:
            seconds = max(_PAUSE.total_seconds(), min(problem.retry_after, _LONGEST_PAUSE))
            pause, error = timedelta(seconds=seconds), str(problem)
            self._leave_webhook(bot_id, problem)
        with self.sessions() as session:
            bot = session.get(TelegramBot, bot_id)
            if bot is not None:
                bot.poll_at = self.clock() + pause  # the others come first
                bot.poll_error = error[:_LONGEST_ERROR] if error else None
                session.commit()
        if error:
            log.warning("telegram.not_polled", subscriber=str(bot_id), error=error[:200])
        return done

    def _poll_once(self, bot_id: UUID) -> int:
        with self.sessions() as session:
            bot = session.get(TelegramBot, bot_id)
            if bot is None or not bot.subscriber.is_on:
                return 0
            bot.poll_at = self.clock() + LEASE
            token, first = open_secrets(self.updates.secret_keys, bot.subscriber).token, bot.next_update
            session.commit()
        answer = self.updates.api.call(
            token,
            "getUpdates",
            seconds=self.wait_seconds + _MARGIN_SECONDS,
            offset=first,
            limit=_MOST_UPDATES,
            timeout=self.wait_seconds,
            allowed_updates=UPDATES,
        )
        updates = answer if isinstance(answer, list) else []
        for raw in updates:
            self._handle(bot_id, raw)
        return len(updates)

    def _handle(self, bot_id: UUID, raw: Any) -> None:
        """Handle one update, and never ask for it again, whatever it holds."""
        number = raw.get("update_id") if isinstance(raw, dict) else None
        try:
            self.updates.handle(bot_id, msgspec.convert(raw, Update))
        except msgspec.ValidationError as error:
            log.info("telegram.update_ignored", error=str(error))
        except Exception:  # one update must not stop the others for ever
            log.exception("telegram.update_failed", subscriber=str(bot_id))
        if not isinstance(number, int):
            return
        with self.sessions() as session:
            bot = session.get(TelegramBot, bot_id)
            if bot is not None:
                bot.next_update = number + 1
                session.commit()

    def _leave_webhook(self, bot_id: UUID, problem: Refused) -> None:
        """End a webhook that somebody set elsewhere: the admin chose polling."""
        if problem.code != 409 or "webhook" not in problem.why:
            return
        with self.sessions() as session:
            bot = session.get_one(TelegramBot, bot_id)
            token = open_secrets(self.updates.secret_keys, bot.subscriber).token
        try:
            self.updates.api.call(token, "setWebhook", url="")
        except (NotCalled, Refused) as error:
            log.warning("telegram.webhook_stays", error=str(error)[:200])
