"""Telegram with buttons: a bot posts a case once, and edits its message whenever the case is decided."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, sessionmaker

from moderation.models import Case, Event, Subscriber, TelegramMessage
from moderation.secret_keys import SecretKeys
from moderation.services.cases.lock import kept
from moderation.services.notify import wanted
from moderation.services.notify.event_data import case_of
from moderation.services.notify.event_text import test_line
from moderation.services.notify.kind import TESTS, Composed, NotDelivered, Parcel
from moderation.services.notify.telegram_api import BotApi, NotCalled, Refused
from moderation.services.notify.telegram_card import card_of
from moderation.services.notify.telegram_secrets import open_secrets
from moderation.services.secret_box import CannotOpen

_LOST = (
    "chat not found",
    "bot was kicked",
    "bot is not a member",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "group chat was deactivated",
)
"""Parts of descriptions that mean: only a person can make the chat accept messages again."""
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class TelegramKind(wanted.Wanting):
    """Sends one message per case, and edits it later."""

    sessions: sessionmaker[Session]
    api: BotApi
    secret_keys: SecretKeys
    base_url: str

    def never_waits(self) -> Sequence[str]:
        """Return the events that ignore quiet hours: tests, and edits of a message, which make no sound."""
        return (*TESTS, "case.decided", "case.fixed")

    def compose(
        self,
        session: Session,
        subscriber: Subscriber,
        events: Sequence[Event],
        now: datetime,  # noqa: ARG002
    ) -> Composed | None:
        """Return a new message, or the new content of the case's message. None before a chat is chosen."""
        [event] = events
        lang = subscriber.settings.get("lang", "en")
        if not subscriber.settings.get("chat"):
            return None
        if event.type == "test":
            return _composed("sendMessage", {"text": test_line(lang)})
        case = case_of(session, event)
        if case is None:
            return None
        message = session.get(TelegramMessage, (subscriber.id, case.id))
        is_new = message is None and case.status == "open" and wanted.wanted(session, subscriber, events)
        if not is_new and (message is None or event.type == "report.received"):
            return None
        content = card_of(session, case, lang, self.base_url)
        is_open = case.status == "open"
        if message is None:
            return _composed("sendMessage", content, case_id=case.id)
        content["message_id"] = message.message_id
        return _composed("editMessageText", content, case_id=case.id, again=is_open)

    def send(self, subscriber: Subscriber, parcel: Parcel) -> str:
        """Call the method. Raises NotDelivered."""
        request = json.loads(parcel.request)
        method, content = request["method"], request["content"]
        try:
            token = open_secrets(self.secret_keys, subscriber).token
        except CannotOpen:
            raise NotDelivered(
                "the token cannot be read, because SECRET_KEY has changed: enter it again", is_blocked=True
            ) from None
        case_id = UUID(request["case"]) if request["case"] else None
        try:
            return self._call(subscriber, token, method, content, case_id)
        except Refused as error:
            if "message is not modified" in error.why:
                return "ok: the message is up to date"
            if method == "editMessageText" and any(part in error.why for part in _GONE):
                return self._after_gone(subscriber, token, request, case_id)
            raise _not_delivered(error) from None
        except NotCalled as error:
            raise NotDelivered(str(error)) from None

    def _call(
        self, subscriber: Subscriber, token: str, method: str, content: dict[str, Any], case_id: UUID | None
    ) -> str:
        """Call the method in the chat, or in the chat that it has become."""
        chat = subscriber.settings["chat"]
        try:
            result = self.api.call(token, method, chat_id=chat, **content)
        except Refused as error:
            if error.new_chat is None:
                raise
            self._move(subscriber.id, chat, error.new_chat)
            result = self.api.call(token, method, chat_id=error.new_chat, **content)
        if method == "sendMessage" and case_id is not None and isinstance(result, dict):
            self._remember(subscriber.id, case_id, result.get("message_id"))
        return "ok"

    def _after_gone(
        self, subscriber: Subscriber, token: str, request: dict[str, Any], case_id: UUID | None
    ) -> str:
        """The message was deleted, or is too old to be edited. An open case gets a new one."""
        with self.sessions() as session:
            is_it = (TelegramMessage.subscriber_id == subscriber.id) & (TelegramMessage.case_id == case_id)
            session.execute(delete(TelegramMessage).where(is_it))
            session.commit()
        if not request["again"]:
            return "the message is gone, or too old to be edited"
        content = {name: value for name, value in request["content"].items() if name != "message_id"}
        try:
            return self._call(subscriber, token, "sendMessage", content, case_id)
        except Refused as error:
            raise _not_delivered(error) from None

    def _remember(self, subscriber_id: UUID, case_id: UUID, message_id: Any) -> None:
        if not isinstance(message_id, int):
            return
        columns = ["subscriber_id", "case_id", "message_id"]
        of_case = select(literal(subscriber_id), Case.id, literal(message_id)).where(Case.id == case_id)
        row = insert(TelegramMessage).from_select(columns, kept(of_case))
        with self.sessions() as session:
            session.execute(
                row.on_conflict_do_update(
                    index_elements=["subscriber_id", "case_id"], set_={"message_id": message_id}
                )
            )
            session.commit()

    def _move(self, subscriber_id: UUID, old: int | str, new: int) -> None:
        with self.sessions() as session:
            subscriber = session.get(Subscriber, subscriber_id)
            if subscriber is not None and subscriber.settings.get("chat") == old:
                settings = {**subscriber.settings, "chat": new}
                session.execute(
                    update(Subscriber).where(Subscriber.id == subscriber_id).values(settings=settings)
                )
                session.commit()


def _composed(
    method: str, content: dict[str, Any], *, case_id: UUID | None = None, again: bool = False
) -> Composed:
    """`again`: send a new message if the old one is gone."""
    request = {
        "method": method,
        "case": str(case_id) if case_id else None,
        "again": again,
        "content": content,
    }
    return Composed(json.dumps(request, ensure_ascii=False))


def _not_delivered(error: Refused) -> NotDelivered:
    if error.code in (401, 403, 404) or any(part in error.why for part in _LOST):
        return NotDelivered(f"Telegram: {error}", is_blocked=True)
    is_final = error.code == 400
    return NotDelivered(f"Telegram: {error}", retry_after=error.retry_after, is_final=is_final)
