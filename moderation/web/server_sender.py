"""Requests of a site's own server, which reports for its readers with a server key."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from moderation.services.intake.reader_hash import named_reader_hash
from moderation.services.sites.directory import KnownSite
from moderation.services.sites.server_keys import PREFIX, use_server_key
from moderation.web.problems import FieldError, Problem
from moderation.web.wiring import Wiring

_READER = re.compile(r"[\x21-\x7e]{1,128}")


def server_sender(parts: Wiring, environ: Mapping[str, Any]) -> tuple[KnownSite, bytes] | None:
    """Return the site of the request's server key, and the hash of the reader that X-Reader names.

    None: the request has no server key. Raises UnknownServerKey, Problem: 422.
    """
    scheme, _, key = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    key = key.strip()
    if scheme.lower() != "bearer" or not key.startswith(PREFIX):
        return None
    now = datetime.now(UTC)
    with parts.sessions() as session:
        stored = use_server_key(session, key, "report", now)
        site_key = stored.site.site_key
    reader = environ.get("HTTP_X_READER", "")
    if not _READER.fullmatch(reader):
        raise Problem(
            422,
            "X-Reader: name the reader by an opaque id of 1 to 128 visible ASCII characters.",
            type="reader-missing",
            errors=[FieldError("", "X-Reader is missing or not valid")],
        )
    hashed = named_reader_hash(parts.settings.secret_keys, stored.site_id, reader, now.date())
    return parts.sites.find(site_key), hashed
