"""Separate capacity for intake and for the desk, so that a flood of reports leaves the desk usable.

Requests that wait for a CMS have a few places of their own, so that a CMS that does not answer leaves the
desk usable too. So have updates of Telegram's bots, attempts to sign in, and visits to the identity provider,
because anybody can send them, and each costs much. Each has its own running and waiting places in a web
process. A request without a place is refused at once: a fast refusal costs less than a queue that grows.

One network has at most half of the places of each kind: its flood leaves the others half. Anybody can ask for
a path, before the application knows who it is. Intake has more places, and one network at most two thirds of
them, because a site's server reports for all its readers.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from moderation.services.intake.reader_hash import customer_network
from moderation.web.deadline import seconds_left
from moderation.web.early_refusal import WsgiApp, refuse
from moderation.web.threads import (
    CMS_RUNNING,
    RUNNING,
    SIGN_IN_RUNNING,
    SIGN_IN_WAITING,
    SSO_RUNNING,
    SSO_WAITING,
    TELEGRAM_RUNNING,
    WAITING,
)

INTAKE_PATHS = ("/api/v1/reports", "/report")
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

    `per_network`: places that one network may have, so that others find some. None: all.
    """

    def __init__(self, running: int, waiting: int, per_network: int | None = None) -> None:
        self._running = threading.BoundedSemaphore(running)
        self._waiting = threading.BoundedSemaphore(waiting)
        self._per_network = per_network
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, address: str) -> bool:
        """Take a running place. Returns False if there is none, or none in time."""
        network = self._begin(address)
        if network is None:
            return False
        is_running = self._run()
        if not is_running:
            self._end(network)
        return is_running

    def leave(self, address: str) -> None:
        """Give the running place back."""
        self._running.release()
        self._end(customer_network(address))

    def _begin(self, address: str) -> str | None:
        """Count a request of a network. Returns None if it has all that it may have."""
        if self._per_network is None:
            return ""
        network = customer_network(address)
        with self._lock:
            if self._taken[network] >= self._per_network:
                return None
            self._taken[network] += 1
        return network

    def _end(self, network: str) -> None:
        if self._per_network is None:
            return
        with self._lock:
            self._taken[network] -= 1
            if not self._taken[network]:
                del self._taken[network]

    def _run(self) -> bool:
        if self._running.acquire(blocking=False):
            return True
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            return self._running.acquire(timeout=max(0.0, seconds_left()))
        finally:
            self._waiting.release()


def _half(places: int) -> int:
    return max(1, places // 2)


class Capacity:
    """WSGI middleware that admits requests."""

    def __init__(self, app: WsgiApp, running: int = RUNNING, waiting: int = WAITING) -> None:
        self._app = app
        # One network has as many as the desk has in all: a site's server reports for all its readers.
        self._intake = Places(running, running + waiting, running + waiting)
        self._desk = Places(running, waiting, _half(running + waiting))
        self._cms = Places(CMS_RUNNING, 0, _half(CMS_RUNNING))
        self._telegram = Places(TELEGRAM_RUNNING, 0, _half(TELEGRAM_RUNNING))
        self._sso = Places(SSO_RUNNING, SSO_WAITING, _half(SSO_RUNNING + SSO_WAITING))
        self._sign_in = Places(SIGN_IN_RUNNING, SIGN_IN_WAITING, _half(SIGN_IN_RUNNING + SIGN_IN_WAITING))

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Run the application, or refuse with 503. A response in parts is sent without a place."""
        path = environ.get("PATH_INFO", "")
        if path == ALWAYS:
            return self._app(environ, start_response)
        places = self._places(path, environ["REQUEST_METHOD"])
        address = environ.get("REMOTE_ADDR", "")
        if not places.take(address):
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return refuse(environ, start_response, status, _BUSY, retry_after=_RETRY_SECONDS)
        try:
            return self._app(environ, start_response)
        finally:
            places.leave(address)

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
