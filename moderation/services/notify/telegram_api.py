"""Call the Telegram Bot API (core.telegram.org/bots/api). Its base URL is a setting of the operator."""

import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import msgspec

from moderation.services.pages.outbound import NotSent, Outbound

CALL_SECONDS = 5.0
_LARGEST = 1024 * 1024
"""Bytes of an answer. Ten updates with whole messages are far smaller."""


class NotCalled(Exception):
    """No answer of the Bot API came. The text says why. It never holds the token."""


class Refused(Exception):
    """The Bot API refused a call. The text is its description."""

    def __init__(self, code: int, why: str, *, retry_after: float = 0.0, new_chat: int | None = None) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why.lower()
        self.retry_after = retry_after
        """Seconds to wait, after 429."""
        self.new_chat = new_chat
        """The chat became this one: a group was upgraded to a supergroup."""


class _Parameters(msgspec.Struct):
    retry_after: float = 0.0
    migrate_to_chat_id: int | None = None


class _Answer(msgspec.Struct):
    ok: bool
    result: Any = None
    error_code: int = 0
    description: str = ""
    parameters: _Parameters | None = None


_answers = msgspec.json.Decoder(_Answer)


@dataclass(frozen=True, slots=True)
class BotApi:
    """Calls methods. Threads share one."""

    outbound: Outbound
    base_url: str

    def call(self, token: str, method: str, *, seconds: float = CALL_SECONDS, **fields: Any) -> Any:
        """Call a method and return its result. Raises NotCalled, Refused."""
        outbound = replace(self.outbound, seconds=seconds)
        body = json.dumps(fields, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        try:
            reply = outbound.send(
                "POST", f"{self.base_url}/bot{token}/{method}", headers, body, is_operators=True
            )
            answer = _answers.decode(reply.body)
        except NotSent as error:
            raise NotCalled(str(error)) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise NotCalled(
                f"{urlsplit(self.base_url).netloc} answers no JSON (status {reply.status})"
            ) from None
        if answer.ok:
            return answer.result
        more = answer.parameters or _Parameters()
        why = answer.description or f"status {reply.status}"
        raise Refused(
            answer.error_code or reply.status,
            why,
            retry_after=more.retry_after,
            new_chat=more.migrate_to_chat_id,
        )


def make_bot_api(outbound: Outbound, base_url: str) -> BotApi:
    """Return the Bot API at an address. The operator chose it, so it may be private."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    private = outbound.private | {f"{parts.hostname}:{port}"}
    return BotApi(replace(outbound, private=private, largest=_LARGEST), base_url.rstrip("/"))
