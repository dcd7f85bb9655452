"""HTTP as the adapters need it: one request with JSON, answered or refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from moderation.integrations.cms.base import Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body. Raises Refused if it is not JSON."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Refused("misconfigured", "the answer is not JSON: check the address") from None

    @property
    def retry_after(self) -> float:
        """Seconds that the other side asked us to wait; 0 if it did not."""
        value = self.headers.get("retry-after", "")
        return min(float(value), 3600.0) if value.isdecimal() else 0.0


class Send(Protocol):
    """Sends one request, within time and size. It follows no redirect. Raises Refused."""

    def __call__(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer: ...
