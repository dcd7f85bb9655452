"""The newsroom's own endpoint: one signed POST for a correction. docs/integrations/cms.md specifies it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeGuard

import msgspec
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from moderation.domain.sites.limits import URL_LENGTH
from moderation.domain.source.correct import Change, Correction
from moderation.integrations.cms.base import Applied, Memory, Preview, Refusal, Refused
from moderation.integrations.cms.requests import Answer, Send

_LONGEST_SOURCE = 20_000
"""Characters of the source before and after. They are stored with the correction and shown."""
_REFUSALS: dict[int, Refusal] = {
    401: "unauthorized",
    403: "unauthorized",
    404: "not_found",
    409: "changed",
    410: "in_trash",
    422: "not_unique",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint. Requests are signed as Standard Webhooks says; the id of a change is its message id."""

    address: str
    secret: str
    send: Send

    def test(self) -> str:
        """Send a ping, which the endpoint answers with 200."""
        answer = self._post({"type": "ping"}, str(uuid.uuid4()))
        if answer.status != 200:
            raise _refused(answer)
        return f"endpoint {self.address}"

    def preview(self, url: str, changes: Sequence[Change]) -> Preview:
        """Ask for each change with `dry_run`: the endpoint changes nothing."""
        applied = self._all(url, changes, "", dry_run=True)
        return Preview(applied.document, applied.corrections, applied.refused, applied.link)

    def apply(self, url: str, changes: Sequence[Change], note: str, memory: Memory) -> Applied:  # noqa: ARG002
        """Send each change. The endpoint answers 200 for one that it made before."""
        return self._all(url, changes, note, dry_run=False)

    def _all(self, url: str, changes: Sequence[Change], note: str, *, dry_run: bool) -> Applied:
        """Send the changes until the endpoint fails. What it made before counts; the rest may pass later."""
        corrections: dict[str, Correction] = {}
        refused: dict[str, Refusal] = {}
        last: dict[str, Any] = {}
        for number, change in enumerate(changes):
            try:
                answer = self._answered(_body(url, change, note, dry_run=dry_run), change.key)
            except Refused as failure:
                if not corrections:
                    raise
                refused |= {left.key: failure.reason for left in changes[number:]}
                break
            if answer.status == 200:
                last = _object(answer)
                corrections[change.key] = _correction(last, change)
            else:
                refused[change.key] = _REFUSALS[answer.status]
        link, revision = last.get("link"), last.get("revision")
        return Applied(
            document=str(last.get("document") or url)[:URL_LENGTH],
            corrections=corrections,
            refused=refused,
            revision=None if revision is None else str(revision)[:URL_LENGTH],
            link=link if _is_link(link) else None,
        )

    def _answered(self, body: dict[str, Any], message_id: str) -> Answer:
        """Return an answer about this change alone. Raises Refused for one about the endpoint."""
        answer = self._post(body, message_id)
        if answer.status not in (200, 404, 409, 410, 422):
            raise _refused(answer)
        return answer

    def _post(self, body: dict[str, Any], message_id: str) -> Answer:
        data, now = msgspec.json.encode(body), datetime.now(UTC)
        try:
            signature = Webhook(self.secret).sign(message_id, now, data.decode())
        except (ValueError, EmptyWebhookSecretError):
            raise Refused("misconfigured", "the secret must look like whsec_ and Base64") from None
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        return self.send("POST", self.address, headers=headers, body=data)


def _body(url: str, change: Change, note: str, *, dry_run: bool) -> dict[str, Any]:
    quote = change.quote
    return {
        "type": "correction",
        "dry_run": dry_run,
        "url": url,
        "quote": {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix},
        "correction": change.correction,
        "note": note,
    }


def _correction(answer: dict[str, Any], change: Change) -> Correction:
    """Return the source as the endpoint states it; without that, the passage itself."""
    before, after = answer.get("before"), answer.get("after")
    if isinstance(before, str) and isinstance(after, str) and len(before + after) <= _LONGEST_SOURCE:
        return Correction("text", before, after)
    return Correction("text", change.quote.exact, change.correction)


def _is_link(link: object) -> TypeGuard[str]:
    return isinstance(link, str) and link.startswith(("http://", "https://")) and len(link) <= URL_LENGTH


def _object(answer: Answer) -> dict[str, Any]:
    body = answer.json() if answer.body else {}
    return body if isinstance(body, dict) else {}


def _refused(answer: Answer) -> Refused:
    reason = _REFUSALS.get(answer.status, "unreachable" if answer.status >= 429 else "misconfigured")
    return Refused(reason, f"the endpoint answers {answer.status}", answer.retry_after)
