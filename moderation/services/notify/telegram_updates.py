"""Handle updates of bots: pressed buttons, the one-time code, and the command that chooses the chat.

Anybody can write to a bot. An update is data: rights are checked at each press.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy.orm import Session, sessionmaker

from moderation.models import Editor, Subscriber
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.access import may_run
from moderation.services.accounts.second_factor import lacks_second_factor
from moderation.services.accounts.telegram_link import LinkedElsewhere, WrongCode, editor_of_user, link
from moderation.services.notify.event_text import translations
from moderation.services.notify.telegram_api import CALL_SECONDS, BotApi, NotCalled, Refused
from moderation.services.notify.telegram_bots import choose_chat
from moderation.services.notify.telegram_press import Answer, Desk
from moderation.services.notify.telegram_secrets import KIND, open_secrets
from moderation.services.secret_box import CannotOpen

_LONGEST_NAME = 100
_LONGEST_TOAST = 200
"""Characters that answerCallbackQuery accepts."""

log = structlog.get_logger()


class User(msgspec.Struct):
    """A person at Telegram."""

    id: int
    first_name: str = ""
    last_name: str = ""
    username: str = ""

    @property
    def name(self) -> str:
        """The name as Telegram shows it."""
        whole = f"{self.first_name} {self.last_name}".strip() or self.username
        printable = "".join(char if char.isprintable() else " " for char in whole)
        return " ".join(printable.split())[:_LONGEST_NAME]


class Chat(msgspec.Struct):
    """A chat; `type` is private, group, supergroup or channel."""

    id: int
    type: str = ""


class Message(msgspec.Struct, rename={"from_": "from"}):
    """A message."""

    message_id: int
    chat: Chat
    from_: User | None = None
    text: str = ""


class CallbackQuery(msgspec.Struct, rename={"from_": "from"}):
    """A pressed button. Telegram leaves out an old message, or sends it without its content."""

    id: str
    from_: User
    message: Message | None = None
    data: str = ""


class Update(msgspec.Struct):
    """One update. Fields of other kinds are ignored."""

    update_id: int
    message: Message | None = None
    callback_query: CallbackQuery | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    """Handles updates. Threads share one."""

    sessions: Callable[[], Session] | sessionmaker[Session]
    api: BotApi
    secret_keys: SecretKeys
    base_url: str
    clock: Callable[[], datetime]
    sso_days: int
    """How many days accounts with SSO may act after their last sign-in at the provider."""
    may_answer: Callable[[int], bool]
    """Whether a message of this person is answered: a stranger must not make us send without end."""
    seconds: float = CALL_SECONDS
    """How long Telegram may take for one call. An update needs up to two."""

    def handle(self, subscriber_id: UUID, update: Update) -> None:
        """Handle one update. It may come twice. What Telegram refuses is logged."""
        with self.sessions() as session:
            subscriber = session.get(Subscriber, subscriber_id)
            if subscriber is None or subscriber.kind != KIND or not subscriber.is_on:
                return
            calls = self._calls(session, subscriber, update)
            try:
                token = open_secrets(self.secret_keys, subscriber).token
            except CannotOpen:
                return
        for method, fields in calls:
            try:
                self.api.call(token, method, seconds=self.seconds, **fields)
            except Refused as error:
                if "message is not modified" not in error.why:
                    log.info("telegram.refused", method=method, error=str(error)[:200])
            except NotCalled as error:
                log.warning("telegram.not_called", method=method, error=str(error)[:200])

    def _calls(
        self, session: Session, subscriber: Subscriber, update: Update
    ) -> list[tuple[str, dict[str, Any]]]:
        """Do what the update asks for, and return the calls that answer it."""
        if update.callback_query is not None:
            return self._pressed(session, subscriber, update.callback_query)
        message = update.message
        if message is None or message.from_ is None:
            return []
        text = self._said(session, subscriber, message, message.from_)
        return [("sendMessage", {"chat_id": message.chat.id, "text": text})] if text else []

    def _pressed(
        self, session: Session, subscriber: Subscriber, query: CallbackQuery
    ) -> list[tuple[str, dict[str, Any]]]:
        lang = subscriber.settings.get("lang", "en")
        editor = editor_of_user(session, query.from_.id, self.clock(), self.sso_days)
        if editor is None:
            _ = translations(lang).gettext
            hint = _("Link your Telegram account first: open your profile in Corrigenda, then Telegram.")
            answer = Answer(hint, is_alert=True)
        else:
            answer = Desk(session, editor, subscriber, self.base_url, self.clock()).press(query.data)
        toast = {"callback_query_id": query.id, "text": answer.text[:_LONGEST_TOAST]}
        calls: list[tuple[str, dict[str, Any]]] = [
            ("answerCallbackQuery", {**toast, "show_alert": answer.is_alert})
        ]
        if answer.content is not None and query.message is not None:
            where = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
            calls.append(("editMessageText", {**where, **answer.content}))
        return calls

    def _said(self, session: Session, subscriber: Subscriber, message: Message, user: User) -> str | None:
        """Follow a command of a person, and return what to answer."""
        command, _space, rest = message.text.partition(" ")
        command = command.partition("@")[0]
        is_start = command == "/start" and message.chat.type == "private"
        if not (is_start or command == "/here") or not self.may_answer(user.id):
            return None
        if command == "/here":
            editor = editor_of_user(session, user.id, self.clock(), self.sso_days)
            return self._here(session, subscriber, message.chat, editor)
        return self._start(session, subscriber, rest, user)

    def _start(self, session: Session, subscriber: Subscriber, code: str, user: User) -> str:
        _ = translations(subscriber.settings.get("lang", "en")).gettext
        if not code.strip():
            return _("Open your profile in Corrigenda, get a code under Telegram, and send: /start CODE")
        try:
            editor = link(
                session, self.secret_keys, code[:100], user_id=user.id, name=user.name, now=self.clock()
            )
        except WrongCode:
            return _("This code is wrong, was used, or is too old. Get a new one in your profile.")
        except LinkedElsewhere:
            return _("Another account of Corrigenda is linked with your Telegram account. Unlink it first.")
        return _("Linked: %(name)s. The buttons below cases work for you now.") % {
            "name": editor.display_name
        }

    @staticmethod
    def _here(session: Session, subscriber: Subscriber, chat: Chat, editor: Editor | None) -> str | None:
        """Let an admin of the site choose this chat. Others get no answer."""
        if editor is None or not may_run(editor, subscriber.site_id) or lacks_second_factor(session, editor):
            return None
        choose_chat(session, editor, subscriber, chat.id)
        _ = translations(subscriber.settings.get("lang", "en")).gettext
        return _("New cases of %(site)s come to this chat.") % {"site": subscriber.site.name}
