"""robots.txt, read once per hour and origin (RFC 9309)."""

from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from moderation.domain.sites.urls import LONGEST
from moderation.services.pages.cache import BoundedCache

AGENT = "CorrigendaBot"
LARGEST = 500 * 1024
"""What is behind it is not read (RFC 9309 asks for at least 500 KiB)."""
_KEPT_SECONDS = 3600.0
_MOST_BYTES = 8 * 1024 * 1024


class Robots:
    """The rules of the hosts that were asked lately."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._files: BoundedCache[str, tuple[float, bytes]] = BoundedCache(
            _MOST_BYTES, lambda kept: 200 + len(kept[1])
        )

    def known(self, origin: str) -> bool:
        """Return whether the file of the origin is still fresh."""
        kept = self._files.get(origin)
        return kept is not None and kept[0] > self._clock()

    def keep(self, origin: str, body: bytes) -> None:
        """Keep a file; an empty one allows everything."""
        self._files.put(origin, (self._clock() + _KEPT_SECONDS, body[:LARGEST]))

    def allow(self, origin: str, url: str) -> bool:
        """Return whether the rules of the origin allow the URL."""
        kept = self._files.get(origin)
        if kept is None or not kept[1]:
            return True
        parser = RobotFileParser()
        lines = kept[1].decode("utf-8", "replace").splitlines()
        try:
            # A longer rule fits no address, and Python may take the square of its length to read it.
            parser.parse([line for line in lines if len(line) <= LONGEST])
        except ValueError:  # such as a path //[
            return True
        return parser.can_fetch(AGENT, url)
