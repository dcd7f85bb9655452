"""Keep a library that opens its own connections away from private addresses.

The address is checked where the socket connects, after the library resolved the name: a name server that
answers differently the second time (DNS rebinding) gains nothing. Audit hooks hear of
each connection.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from moderation.domain.pages.addresses import is_public

_is_guarded: ContextVar[bool] = ContextVar("public_sockets", default=False)


@contextmanager
def public_sockets() -> Iterator[None]:
    """Refuse connections of this context to addresses that are not public: they raise OSError."""
    _install()
    token = _is_guarded.set(True)
    try:
        yield
    finally:
        _is_guarded.reset(token)


@cache
def _install() -> None:
    sys.addaudithook(_check)


def _check(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _is_guarded.get():
        address = arguments[1]
        if isinstance(address, tuple) and not _is_public(str(address[0])):
            raise OSError(errno.EACCES, f"{address[0]} is not a public address")


def _is_public(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:  # a name: it was not resolved yet, so nothing was checked
        return False
