"""The reader who sends a request, or whom a site's own server names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moderation.services.intake.reader_hash import named_reader_hash, reader_hash, wide_network
from moderation.services.intake.report_limits import Counted
from moderation.services.sites.directory import KnownSite
from moderation.services.sites.server_keys import PREFIX, use_server_key
from moderation.web.problems import FieldError, Problem
from moderation.web.wiring import Wiring

_NAME = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, known for one day. `site` is the one whose server names the reader."""

    hash: bytes
    counted: Counted
    site: KnownSite | None = None


def named_reader(parts: Wiring, environ: Mapping[str, Any]) -> Reader | None:
    """Return the reader whom X-Reader names, if a site's server sends the request with its server key.

    Raises UnknownServerKey, Problem: 422.
    """
    scheme, _, key = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    key = key.strip()
    if scheme.lower() != "bearer" or not key.startswith(PREFIX):
        return None
    now = datetime.now(UTC)
    with parts.sessions() as session:
        stored = use_server_key(session, key, "report", now)
        site_key = stored.site.site_key
    name = environ.get("HTTP_X_READER", "")
    if not _NAME.fullmatch(name):
        raise Problem(
            422,
            "X-Reader: name the reader by an opaque id of 1 to 128 visible ASCII characters.",
            type="reader-missing",
            errors=[FieldError("", "X-Reader is missing or not valid")],
        )
    hashed = named_reader_hash(parts.settings.secret_keys, stored.site_id, name, now.date())
    return Reader(hashed, Counted(hashed.hex()), parts.sites.find(site_key))


def reader_at(parts: Wiring, address: str) -> Reader:
    """Return the reader at this address."""
    keys, today = parts.settings.secret_keys, datetime.now(UTC).date()
    hashed, network = reader_hash(keys, address, today), wide_network(address)
    # The hashes keep addresses out of Redis.
    wide = reader_hash(keys, f"wide {network}", today).hex() if network else None
    return Reader(hashed, Counted(hashed.hex(), wide))
