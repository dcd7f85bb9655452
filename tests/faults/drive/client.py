"""The API as readers and editors call it. They try again after a 503, as the answer asks them to."""

import json
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

Answer = tuple[int, Any]
NO_ANSWER = 0
BUSY = 503
"""The answer of an overloaded service, which names a time to try again."""
MOST_TRIES = 10


@dataclass(slots=True)
class Client:
    """Calls one instance, and counts the statuses of its answers."""

    url: str
    token: str = ""
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def call(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """Call the API. The status is NO_ANSWER while nobody listens."""
        known = {"Authorization": f"Bearer {self.token}"} if self.token and headers is None else headers or {}
        data = None if body is None else json.dumps(body).encode()
        return self._ask(f"/api/v1/{path}", data, {"Content-Type": "application/json", **known})

    def post_form(self, path: str) -> int:
        """Submit a form without fields; answers the status."""
        return self._ask(path, b"", {"Content-Type": "application/x-www-form-urlencoded"}, parse=False)[0]

    def pages(self, path: str) -> list[Any]:
        """All items of a list, page by page."""
        items, cursor = [], ""
        while True:
            status, answer = self.call(path + (f"&cursor={cursor}" if cursor else ""))
            assert status == 200, (path, status, answer)
            items += answer["items"]
            cursor = answer.get("next")
            if not cursor:
                return items

    def _ask(self, path: str, data: bytes | None, headers: dict[str, str], *, parse: bool = True) -> Answer:
        for _ in range(MOST_TRIES):
            status, answer = self._ask_once(path, data, headers, parse=parse)
            if status != BUSY:
                break
            time.sleep(1)  # less than Retry-After says
        if status >= 500:
            self.failures.append(f"{path}: {status} {answer}")
        return status, answer

    def _ask_once(self, path: str, data: bytes | None, headers: dict[str, str], *, parse: bool) -> Answer:
        method = "GET" if data is None else "POST"
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, read = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, read = error.code, error.read()
        except (OSError, HTTPException):
            self.statuses[NO_ANSWER] += 1
            return NO_ANSWER, None
        self.statuses[status] += 1
        return status, json.loads(read) if parse and read else None
