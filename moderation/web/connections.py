"""The connections to our port, as the process sees them: close those of an address that has too many.

The web server accepts a bounded number of connections and closes one that sends no request after ten seconds.
A client that opens thousands and opens them again would keep everybody else waiting. So when most of the
number is taken, all connections of the busiest network are closed. Browsers connect again by themselves.

Behind a reverse proxy all connections are the proxy's, and the proxy does this (docs/operate.md).
"""

import os
import socket
import stat
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import structlog

from moderation.services.intake.reader_hash import customer_network, reader_network
from moderation.web.threads import CONNECTIONS

CROWDED = CONNECTIONS // 2
"""Connections of one process from which on the busiest network is cut off."""
FULL = CONNECTIONS * 7 // 8
"""Connections of one process from which on there is hardly room for others."""
_FEW = 64
"""A network with fewer connections is never cut off."""
_SECONDS = 0.5
_FILES = "/dev/fd"

log = structlog.get_logger()


def guard_connections(port: int) -> None:
    """Look at the connections of this process now and then, as long as it runs."""

    def guard() -> None:
        while True:
            time.sleep(_SECONDS)
            with suppress(OSError):  # too many open files: the next time there may be fewer
                cut_crowd(port)

    threading.Thread(target=guard, name="connections", daemon=True).start()


def cut_crowd(port: int, crowded: int = CROWDED, few: int = _FEW, full: int = FULL) -> None:
    """Close the connections of the busiest networks until fewer than `crowded` are left.

    Where networks with few connections are the crowd, the busiest one may be an office, or a site's server:
    it is left alone while there is room.
    """
    if len(os.listdir(_FILES)) < crowded:  # noqa: PTH208 - Path.iterdir() would need a Path for each
        return
    counts = Counter(_network(connection, customer_network) for connection in _connections(port))
    left = counts.total()
    if left < full and sum(count for count in counts.values() if count < few) >= crowded:
        return
    for network, count in counts.most_common():
        if left < crowded or count < few:
            return
        log.warning("connections.cut", connections=count, all=left)
        _cut(port, network, customer_network)
        left -= count


def cut_connections(port: int, address: str) -> None:
    """Shut down all connections of an address or its network: the server does not tell which one is slow."""
    _cut(port, reader_network(address), reader_network)


def _cut(port: int, network: str, network_of: Callable[[str], str]) -> None:
    for connection in _connections(port):
        if _network(connection, network_of) == network:
            with suppress(OSError):  # it was closed meanwhile
                connection.shutdown(socket.SHUT_RDWR)


def _connections(port: int) -> Iterator[socket.socket]:
    """Yield a copy of each connection to our port. The copy is closed when the next one is asked for."""
    for name in os.listdir(_FILES):  # noqa: PTH208
        with suppress(OSError):  # it was closed meanwhile
            file = os.dup(int(name))
            if not stat.S_ISSOCK(os.fstat(file).st_mode):
                os.close(file)
                continue
            with socket.socket(fileno=file) as connection:
                if _is_to(connection, port):
                    yield connection


def _is_to(connection: socket.socket, port: int) -> bool:
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return False  # a unix socket of PostgreSQL or Redis
    return bool(connection.getsockname()[1] == port and connection.getpeername())


def _network(connection: socket.socket, network_of: Callable[[str], str]) -> str:
    """Return the network that counts as one client; an empty text if the connection has ended."""
    try:
        return network_of(connection.getpeername()[0])
    except OSError:
        return ""
