"""Request header of a site that lets the page checks pass its bot protection."""

import re

from sqlalchemy.orm import Session

from moderation.models import Editor, Site
from moderation.secret_keys import SecretKeys
from moderation.services.secret_box import seal
from moderation.services.sites.add import InvalidSettings
from moderation.services.sites.audit import note

_FIELD = "fetch_header_name"
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,998}[\x21-\x7e])?")
_RESERVED = frozenset(
    "accept accept-encoding connection content-length host if-modified-since if-none-match te "
    "transfer-encoding upgrade user-agent".split()
)


class InvalidHeader(InvalidSettings):
    """The header cannot be sent. The text says why."""


def set_fetch_header(
    session: Session, editor: Editor | None, site: Site, name: str, value: str, *, secret_keys: SecretKeys
) -> None:
    """Set the header that every fetch of the site's pages sends. The value is stored encrypted.

    Raises InvalidHeader.
    """
    if not _NAME.fullmatch(name):
        raise InvalidHeader("a header's name has letters, digits and hyphens only", _FIELD, "header_name")
    if name.lower() in _RESERVED:
        raise InvalidHeader(
            f"the header {name} is needed for the request itself: choose another name",
            _FIELD,
            "header_reserved",
        )
    if not _VALUE.fullmatch(value):
        raise InvalidHeader(
            "a header's value has 1 to 1,000 visible ASCII characters", "fetch_header_value", "header_value"
        )
    site.fetch_header_name = name
    site.fetch_header_secret = seal(secret_keys, "fetch_header", value)
    note(session, site.id, editor, "settings.changed", settings=["fetch_header"])
    session.commit()


def drop_fetch_header(session: Session, editor: Editor | None, site: Site) -> None:
    """Remove the site's header."""
    site.fetch_header_name = site.fetch_header_secret = None
    note(session, site.id, editor, "settings.changed", settings=["fetch_header"])
    session.commit()
