"""The reader who sends a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moderation.services.intake.reader_hash import reader_hash, wide_network
from moderation.services.intake.report_limits import Counted
from moderation.services.sites.directory import KnownSite
from moderation.web.server_sender import server_sender
from moderation.web.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, known for one day. `site` is the one whose server names the reader."""

    hash: bytes
    counted: Counted
    site: KnownSite | None = None


def reader_of(parts: Wiring, environ: Mapping[str, Any]) -> Reader:
    """Return who sends a request. Raises UnknownServerKey, Problem: 422."""
    if environ["REQUEST_METHOD"] == "POST" and (named := server_sender(parts, environ)):
        site, hashed = named
        return Reader(hashed, Counted(hashed.hex()), site)
    address = environ.get("REMOTE_ADDR", "")
    keys, today = parts.settings.secret_keys, datetime.now(UTC).date()
    hashed, network = reader_hash(keys, address, today), wide_network(address)
    # The hashes keep addresses out of Redis.
    wide = reader_hash(keys, f"wide {network}", today).hex() if network else None
    return Reader(hashed, Counted(hashed.hex(), wide))
