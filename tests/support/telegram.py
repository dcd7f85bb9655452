"""A stand-in for Telegram's Bot API: the methods that Corrigenda calls, with their documented errors."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

from flask import Flask
from pytest import MonkeyPatch

from tests.support.serving import Answer, serve_http

TOKEN = "123456:AAE-test-token-of-the-stand-in-bot"
CHAT = -1001234567890
BOT = {"id": 123456, "is_bot": True, "first_name": "Typos", "username": "typos_bot"}
_TEXT_LENGTH = 4096


class _Error(Exception):
    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.answer = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters


class Telegram:
    """A running stand-in with one bot and one chat."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.token = TOKEN
        self.chats: set[int] = {CHAT}
        self.messages: dict[int, dict[str, Any]] = {}
        self.webhook: dict[str, Any] = {"url": ""}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[dict[str, Any]] = []
        """What answerCallbackQuery showed."""
        self.failures: list[_Error] = []
        """Errors of the next calls, the first one first."""
        self.on_sent: Callable[[], object] = int
        """Called when a message was sent, before the answer."""
        self._numbers = count(1)
        self._updates: list[dict[str, Any]] = []
        self._queries: set[str] = set()
        self._pollers = 0
        self._changed = threading.Condition()

    def fail(self, code: int, description: str, **parameters: Any) -> None:
        """Let the next call fail."""
        self.failures.append(_Error(code, description, **parameters))

    def press(self, message_id: int, label: str, user: int) -> dict[str, Any]:
        """Press a button of a message, by the beginning of its text."""
        message = self.messages[message_id]
        buttons = [one for row in message["reply_markup"]["inline_keyboard"] for one in row]
        [button] = [one for one in buttons if one["text"].startswith(label)]
        return self.press_data(message_id, button["callback_data"], user)

    def press_data(self, message_id: int, data: str, user: int) -> dict[str, Any]:
        """Press a button with this data, also one that the message does not show any more."""
        query = str(next(self._numbers))
        self._queries.add(query)
        message = {"message_id": message_id, "chat": {"id": CHAT, "type": "supergroup"}, "date": 1}
        person = {"id": user, "is_bot": False, "first_name": f"User {user}"}
        return self._update(callback_query={"id": query, "from": person, "message": message, "data": data})

    def write(self, text: str, user: int, *, chat: int | None = None) -> dict[str, Any]:
        """Write to the bot in private, or in a chat."""
        where = {"id": user, "type": "private"} if chat is None else {"id": chat, "type": "supergroup"}
        self.chats.add(user if chat is None else chat)
        person = {"id": user, "is_bot": False, "first_name": f"User {user}"}
        message = {"message_id": next(self._numbers), "from": person, "chat": where, "date": 1, "text": text}
        return self._update(message=message)

    def _update(self, **content: Any) -> dict[str, Any]:
        with self._changed:
            update = {"update_id": 1000 + next(self._numbers), **content}
            self._updates.append(update)
            self._changed.notify_all()
        return update

    def shown(self, message_id: int) -> str:
        """The text of a message with the texts of its buttons."""
        message = self.messages[message_id]
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return "\n".join([message["text"], *(" | ".join(one["text"] for one in row) for row in rows)])

    def answer(self, token: str, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Answer one call."""
        with self._changed:
            self.calls.append((method, fields))
            try:
                return {"ok": True, "result": self._run(token, method, fields)}
            except _Error as error:
                return error.answer

    def _run(self, token: str, method: str, fields: dict[str, Any]) -> Any:
        if self.failures:
            raise self.failures.pop(0)
        if token != self.token:
            raise _Error(401, "Unauthorized")
        handler = getattr(self, f"_{method}", None)
        if handler is None:
            raise _Error(404, "Not Found: method not found")
        return handler(**fields)

    def _getMe(self) -> dict[str, Any]:
        return BOT

    def _setWebhook(self, url: str, **fields: Any) -> bool:
        if url and not url.startswith("https://"):
            raise _Error(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = {"url": url, **fields}
        return True

    def _sendMessage(self, chat_id: int, text: str, **fields: Any) -> dict[str, Any]:
        if chat_id not in self.chats:
            raise _Error(400, "Bad Request: chat not found")
        self._check(text, fields)
        number = next(self._numbers)
        self.messages[number] = {"message_id": number, "chat": {"id": chat_id}, "text": text, **fields}
        self.on_sent()
        return self.messages[number]

    def _editMessageText(self, chat_id: int, message_id: int, text: str, **fields: Any) -> dict[str, Any]:
        message = self.messages.get(message_id)
        if message is None or message["chat"]["id"] != chat_id:
            raise _Error(400, "Bad Request: message to edit not found")
        self._check(text, fields)
        changed = {**message, "text": text, **fields}
        if changed == message:
            raise _Error(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        self.messages[message_id] = changed
        return changed

    def _check(self, text: str, fields: dict[str, Any]) -> None:
        if not text:
            raise _Error(400, "Bad Request: message text is empty")
        if len(text) > _TEXT_LENGTH:
            raise _Error(400, "Bad Request: message is too long")
        for row in fields.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if len(button.get("callback_data", "").encode()) > 64:
                    raise _Error(400, "Bad Request: BUTTON_DATA_INVALID")
                if "url" in button and not button["url"].startswith("http"):
                    raise _Error(400, "Bad Request: BUTTON_URL_INVALID")

    def _answerCallbackQuery(self, callback_query_id: str, text: str = "", **fields: Any) -> bool:
        if callback_query_id not in self._queries:
            raise _Error(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        if len(text) > 200:
            raise _Error(400, "Bad Request: MESSAGE_TOO_LONG")
        self._queries.remove(callback_query_id)
        self.answers.append({"text": text, **fields})
        return True

    def _getUpdates(self, offset: int = 0, limit: int = 100, timeout: int = 0, **_: Any) -> list[Any]:
        if self.webhook["url"]:
            raise _Error(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                "the webhook first",
            )
        if self._pollers:
            raise _Error(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
                "running",
            )
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        self._pollers += 1
        self._changed.wait_for(lambda: self._updates, timeout)
        self._pollers -= 1
        return self._updates[:limit]


@contextmanager
def run_telegram() -> Iterator[Telegram]:
    """Run the stand-in."""

    def answer(request: BaseHTTPRequestHandler, body: bytes) -> Answer:
        token, _slash, method = request.path.removeprefix("/bot").partition("/")
        found = telegram.answer(token, method, json.loads(body or b"{}"))
        status = 200 if found["ok"] else found["error_code"]
        return status, {"Content-Type": "application/json"}, json.dumps(found).encode()

    with serve_http(answer) as port:
        telegram = Telegram(port)
        yield telegram


@contextmanager
def telegram_of(app: Flask, patch: MonkeyPatch) -> Iterator[Telegram]:
    """Run the stand-in, and let the application call it. The instance has an address with https."""
    with run_telegram() as telegram:
        parts = app.extensions["corrigenda"]
        settings = replace(parts.settings, telegram_api=telegram.url, base_url="https://typos.example")
        patch.setitem(app.extensions, "corrigenda", replace(parts, settings=settings))
        yield telegram
