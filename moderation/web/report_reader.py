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


def named_reader(parts: Wiring, environ: Mapping[str, Any]) -> Reader | None:
    """Return the reader for whom a site's server sends a report; None if no server sends it.

    Raises UnknownServerKey, Problem: 422.
    """
    named = server_sender(parts, environ)
    if named is None:
        return None
    site, hashed = named
    return Reader(hashed, Counted(hashed.hex()), site)


def reader_at(parts: Wiring, address: str) -> Reader:
    """Return the reader at this address."""
    keys, today = parts.settings.secret_keys, datetime.now(UTC).date()
    hashed, network = reader_hash(keys, address, today), wide_network(address)
    # The hashes keep addresses out of Redis.
    wide = reader_hash(keys, f"wide {network}", today).hex() if network else None
    return Reader(hashed, Counted(hashed.hex(), wide))
