"""Bots of a site: add and change them, and tell Telegram how their updates come to us."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Editor, Site, Subscriber, TelegramBot
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.access import visible
from moderation.services.notify.channels import check_time_zone, heard
from moderation.services.notify.subscribers import InvalidSubscriber, UnknownSubscriber, save
from moderation.services.notify.telegram_api import BotApi, NotCalled, Refused
from moderation.services.notify.telegram_secrets import KIND, BotSecrets, open_secrets, seal_token
from moderation.services.secret_box import CannotOpen
from moderation.services.sites.audit import note

MODES = ("polling", "webhook")
UPDATES = ["message", "callback_query"]
_FOLLOWED = ("case.decided", "case.fixed", "case.reopened")
"""A bot always hears of these, to keep its messages up to date."""
_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")
_CHAT = re.compile(r"-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{4,31}")


@dataclass(frozen=True, slots=True)
class BotSetup:
    """The parts that setting up a bot needs."""

    api: BotApi
    secret_keys: SecretKeys
    base_url: str

    def name_of(self, token: str) -> tuple[int, str]:
        """Ask Telegram for a bot's number and username. Raises InvalidSubscriber for the token."""
        if not _TOKEN.fullmatch(token):
            raise InvalidSubscriber(
                "secret", "bad_token", "a token looks like 123456:ABC-DEF…: copy it from @BotFather"
            )
        me = _asked(self.api, token, "getMe")
        if not isinstance(me, dict) or not isinstance(me.get("id"), int):
            raise InvalidSubscriber(
                "secret", "no_bot", "Telegram did not say which bot this is: try again later"
            )
        return me["id"], str(me.get("username", ""))[:64]

    def connect(self, subscriber: Subscriber, bot_secrets: BotSecrets) -> None:
        """Tell Telegram where to send updates, or that we ask for them. Raises InvalidSubscriber."""
        fields: dict[str, Any] = {"url": ""}
        if subscriber.settings["mode"] == "webhook":
            fields = {
                "url": f"{self.base_url}/api/v1/telegram/{subscriber.id}",
                "secret_token": bot_secrets.secret,
                "allowed_updates": UPDATES,
                "max_connections": 4,
            }
        _asked(self.api, bot_secrets.token, "setWebhook", **fields)


def _asked(api: BotApi, token: str, method: str, **fields: Any) -> Any:
    try:
        return api.call(token, method, **fields)
    except Refused as error:
        hint = "the token is wrong or was revoked" if error.code in (401, 404) else str(error)
        raise InvalidSubscriber("secret", "token_refused", f"Telegram refused: {hint}") from None
    except NotCalled as error:
        raise InvalidSubscriber("secret", "no_answer", f"Telegram did not answer: {error}") from None


def save_bot(
    session: Session,
    editor: Editor,
    site: Site,
    subscriber: Subscriber | None,
    setup: BotSetup,
    *,
    name: str,
    secret: str,
    chat: str,
    min_readers: int,
    is_on: bool = True,
    **settings: Any,
) -> Subscriber:
    """Add a bot (`subscriber` is None) or change one. An empty token keeps the present one.

    Raises InvalidSubscriber.
    """
    check_time_zone(settings["time_zone"])
    if settings["mode"] == "webhook" and not setup.base_url.startswith("https://"):
        raise InvalidSubscriber("mode", "needs_https", "a webhook needs https: choose polling")
    bot = subscriber or Subscriber(id=uuid7(), site_id=site.id, kind=KIND)
    token = (secret or "").strip() or _present_token(setup, bot)
    bot_id, username = setup.name_of(token)
    _refuse_taken(session, bot.id, bot_id)
    kept = {key: value for key, value in settings.items() if value is not None}
    values = {
        **kept,
        "username": username,
        "chat": _read_chat(chat),
        "min_readers": min_readers,
        "events": ["case.opened"],
    }
    bot_secrets = seal_token(setup.secret_keys, bot, token)
    hears = [*heard(["case.opened"], min_readers), *_FOLLOWED]
    bot.settings = bot.settings or {}
    setup.connect(Subscriber(id=bot.id, settings=values), bot_secrets)
    save(session, editor, site, bot, name=name, hears=hears, settings=values, is_on=is_on)
    _keep(session, bot.id, bot_id, username)
    return bot


def _refuse_taken(session: Session, subscriber_id: UUID, bot_id: int) -> None:
    taken = select(TelegramBot).where(
        TelegramBot.bot_id == bot_id, TelegramBot.subscriber_id != subscriber_id
    )
    if session.scalar(taken) is not None:
        raise InvalidSubscriber(
            "secret", "bot_taken", "this bot is in use already: make another one with @BotFather"
        )


def _keep(session: Session, subscriber_id: UUID, bot_id: int, username: str) -> None:
    """Store which bot it is, and forget earlier failures. Commits."""
    row = session.get(TelegramBot, subscriber_id) or TelegramBot(subscriber_id=subscriber_id)
    if row.bot_id != bot_id:
        row.bot_id, row.next_update = bot_id, 0
    row.username, row.poll_at, row.poll_error = username, None, None
    session.add(row)
    session.commit()


def reconnect(session: Session, subscriber: Subscriber, setup: BotSetup) -> str:
    """Test the connection of a bot, and connect it anew. Returns its username.

    Raises InvalidSubscriber; UnknownSubscriber if it is no bot.
    """
    if subscriber.kind != KIND:
        raise UnknownSubscriber(subscriber.id)
    token = _present_token(setup, subscriber)
    bot_id, username = setup.name_of(token)
    setup.connect(subscriber, open_secrets(setup.secret_keys, subscriber))
    _keep(session, subscriber.id, bot_id, username)
    return username


def _present_token(setup: BotSetup, bot: Subscriber) -> str:
    if bot.sealed is None:
        raise InvalidSubscriber("secret", "no_token", "enter the token that @BotFather gave you")
    try:
        return open_secrets(setup.secret_keys, bot).token
    except CannotOpen:
        raise InvalidSubscriber(
            "secret", "token_lost", "enter the token again: SECRET_KEY has changed"
        ) from None


def _read_chat(chat: str) -> int | str | None:
    chat = chat.strip()
    if not chat:
        return None
    if not _CHAT.fullmatch(chat):
        raise InvalidSubscriber(
            "chat", "bad_chat", "a chat is a number such as -1001234567890, or @name of a channel"
        )
    return chat if chat.startswith("@") else int(chat)


def bot_of(session: Session, subscriber_id: UUID) -> TelegramBot | None:
    """Return the bot of a subscriber."""
    return session.get(TelegramBot, subscriber_id)


def disconnect(setup: BotSetup, subscriber: Subscriber) -> None:
    """Remove the webhook at Telegram, if it still accepts the token."""
    try:
        setup.api.call(open_secrets(setup.secret_keys, subscriber).token, "setWebhook", url="")
    except (CannotOpen, NotCalled, Refused):
        return


def usernames_for(session: Session, editor: Editor) -> Sequence[str]:
    """Return the usernames of the bots of the sites that the editor may see."""
    query = select(TelegramBot.username).join(Subscriber).where(visible(editor, Subscriber.site_id))
    return session.scalars(query.where(Subscriber.is_on).order_by(TelegramBot.username)).all()


def choose_chat(session: Session, editor: Editor, subscriber: Subscriber, chat: int) -> None:
    """Let a bot post into this chat, with an audit entry."""
    subscriber.settings = {**subscriber.settings, "chat": chat}
    note(session, subscriber.site_id, editor, "integration.changed", name=subscriber.name)
    session.commit()
