"""Requests of a site's own server, which reports for its readers with a server key."""

import re
from datetime import UTC, datetime

from flask import request

from moderation.services.intake.reader_hash import named_reader_hash
from moderation.services.sites.directory import KnownSite
from moderation.services.sites.server_keys import PREFIX, use_server_key
from moderation.web.problems import FieldError, Problem
from moderation.web.wiring import wiring

_READER = re.compile(r"[\x21-\x7e]{1,128}")


def server_sender() -> tuple[KnownSite, bytes] | None:
    """Return the site of the request's server key, and the hash of the reader that X-Reader names.

    None: the request has no server key. Raises UnknownServerKey, Problem: 422.
    """
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    key = key.strip()
    if scheme.lower() != "bearer" or not key.startswith(PREFIX):
        return None
    with wiring().sessions() as session:
        stored = use_server_key(session, key, "report", datetime.now(UTC))
        site_key = stored.site.site_key
    reader = request.headers.get("X-Reader", "")
    if not _READER.fullmatch(reader):
        raise Problem(
            422,
            "X-Reader: name the reader by an opaque id of 1 to 128 visible ASCII characters.",
            type="reader-missing",
            errors=[FieldError("", "X-Reader is missing or not valid")],
        )
    site = wiring().sites.find(site_key)
    today = datetime.now(UTC).date()
    return site, named_reader_hash(wiring().settings.secret_keys, stored.site_id, reader, today)
