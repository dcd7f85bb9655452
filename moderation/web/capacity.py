"""Separate capacity for intake and for the desk, so that a flood of reports leaves the desk usable.

Requests that wait for a CMS have a few places of their own, so that a CMS that does not answer leaves the
desk usable too. So have updates of Telegram's bots, attempts to sign in, and visits to the identity provider,
because anybody can send them, and each costs much. So have long lists, whose bodies the application reads: a
client can send them slowly. Each has its own running and waiting places in a web process. A request without a
place is refused at once: a fast refusal costs less than a queue that grows.

One network has at most half of the places of each kind: its flood leaves the others half. Anybody can ask for
a path, before the application knows who it is. Intake has more places, and one network at most three quarters
of them, because a site's server reports for all its readers.
"""

import re
import threading
from collections import Counter, deque
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from moderation.services.intake.reader_hash import customer_network
from moderation.web.deadline import seconds_left
from moderation.web.early_refusal import WsgiApp, refuse
from moderation.web.security import is_long
from moderation.web.threads import (
    CMS_RUNNING,
    INTAKE_RUNNING,
    INTAKE_WAITING,
    LIST_RUNNING,
    RUNNING,
    SIGN_IN_RUNNING,
    SIGN_IN_WAITING,
    SSO_RUNNING,
    SSO_WAITING,
    TELEGRAM_RUNNING,
    WAITING,
)

REPORTS_PATH = "/api/v1/reports"
INTAKE_PATHS = (REPORTS_PATH, "/report")
ALWAYS = "/healthz"
_SIGN_IN_PATH = "/desk/sign-in"
_SSO_PATH = "/desk/sso"
_TELEGRAM_PATH = "/api/v1/telegram/"
_CMS_PATHS = re.compile(
    r"/desk/(?:cases/[^/]+/source|sites/[^/]+/(?:cms(?:/test)?|integrations/(?:telegram|[^/]+/connection)))"
)
"""Requests that wait for a server of somebody else: a CMS, or Telegram."""
_BOT_PATHS = re.compile(r"/desk/sites/[^/]+/integrations/[^/]+(?:/remove)?")
"""Forms that may wait for Telegram."""
_RETRY_SECONDS = 2
_BUSY = "The service is busy. Nothing was saved. Try again in a few seconds."


class Places:
    """Running and waiting places. A waiting request gives up at its deadline.

    A place goes from one request to the next: woken threads that compete for it cost more than the request.

    `per_network`: places that one network may have, so that others find some.
    """

    def __init__(self, running: int, waiting: int, per_network: int) -> None:
        self._free = running
        self._most = running + waiting
        self._per_network = per_network
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken: Counter[str] = Counter()
        self._total = 0

    def are_full(self, network: str) -> bool:
        """Return whether a request from this network would be refused at once."""
        return self._total >= self._most or self._taken[network] >= self._per_network

    def take(self, network: str) -> bool:
        """Take a running place. Returns False if there is none, or none in time."""
        with self._lock:
            if self.are_full(network):
                return False
            self._count(network, 1)
            if self._free:
                self._free -= 1
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=max(0.0, seconds_left())):
            return True
        with self._lock:
            if turn not in self._waiting:
                return True  # its turn came at the last moment
            self._waiting.remove(turn)
            self._count(network, -1)
        return False

    def leave(self, network: str) -> None:
        """Give the running place to the request that has waited longest, or back."""
        with self._lock:
            self._count(network, -1)
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1

    def _count(self, network: str, change: int) -> None:
        self._total += change
        self._taken[network] += change
        if not self._taken[network]:
            del self._taken[network]


def _half(places: int) -> int:
    return max(1, places // 2)


class Capacity:
    """WSGI middleware that admits requests."""

    def __init__(
        self,
        app: WsgiApp,
        running: int = RUNNING,
        waiting: int = WAITING,
        intake: tuple[int, int] = (INTAKE_RUNNING, INTAKE_WAITING),
    ) -> None:
        self._app = app
        # One network has as many as may wait: a site's server reports for all its readers.
        self._intake = Places(*intake, per_network=intake[1])
        self._desk = Places(running, waiting, _half(running + waiting))
        self._cms = Places(CMS_RUNNING, 0, _half(CMS_RUNNING))
        self._telegram = Places(TELEGRAM_RUNNING, 0, _half(TELEGRAM_RUNNING))
        self._lists = Places(LIST_RUNNING, 0, _half(LIST_RUNNING))
        self._sso = Places(SSO_RUNNING, SSO_WAITING, _half(SSO_RUNNING + SSO_WAITING))
        self._sign_in = Places(SIGN_IN_RUNNING, SIGN_IN_WAITING, _half(SIGN_IN_RUNNING + SIGN_IN_WAITING))

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Run the application, or refuse with 503. A response in parts is sent without a place."""
        path = environ.get("PATH_INFO", "")
        if path == ALWAYS:
            return self._app(environ, start_response)
        places = self._lists if is_long(environ) else self._places(path, environ["REQUEST_METHOD"])
        network = _network(environ)
        if not places.take(network):
            return _refuse(environ, start_response)
        try:
            return self._app(environ, start_response)
        finally:
            places.leave(network)

    def before_body(self, app: WsgiApp) -> WsgiApp:
        """Wrap what reads bodies: reports without a place are refused before theirs is read.

        Reading costs more than refusing, because the thread waits for the server and then for its turn.
        """

        def refuse_flood(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            is_report = environ.get("PATH_INFO", "") in INTAKE_PATHS
            if is_report and self._intake.are_full(_network(environ)):
                return _refuse(environ, start_response)
            return app(environ, start_response)

        return refuse_flood

    def _places(self, path: str, method: str) -> Places:
        if path in INTAKE_PATHS:
            return self._intake
        if path == _SIGN_IN_PATH and method == "POST":
            return self._sign_in
        if path.startswith(_SSO_PATH):
            return self._sso
        if path.startswith(_TELEGRAM_PATH):
            return self._telegram
        is_bots = method == "POST" and _BOT_PATHS.fullmatch(path)
        return self._cms if is_bots or _CMS_PATHS.fullmatch(path) else self._desk


def _network(environ: dict[str, Any]) -> str:
    return customer_network(environ.get("REMOTE_ADDR", ""))


def _refuse(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return refuse(environ, start_response, status, _BUSY, retry_after=_RETRY_SECONDS)
