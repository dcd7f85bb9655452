"""The CMS of a site: connect, test, disconnect. Admins do it at the desk."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.integrations.cms.base import Cms, Refused, understood
from moderation.models import CmsConnection, Editor, Site
from moderation.models.cms_connection import CmsKind
from moderation.secret_keys import SecretKeys
from moderation.services.apply.kinds import InvalidConnection, checked, require_http
from moderation.services.apply.record import storable
from moderation.services.secret_box import seal
from moderation.services.sites.audit import note


def connect(
    session: Session,
    editor: Editor | None,
    site: Site,
    kind: CmsKind,
    given: Mapping[str, str],
    *,
    secret: str,
    purge_url: str,
    secret_keys: SecretKeys,
) -> CmsConnection:
    """Store a connection. An empty secret keeps the stored one, but not for another address.

    None as editor is the operator. Raises InvalidConnection.
    """
    settings = checked(kind, given)
    if purge_url:
        require_http(purge_url, "purge_url")
    is_operators = editor is None or editor.is_owner
    if not is_operators:
        _require_https(settings)
    connection = session.get(CmsConnection, site.id)
    if connection is None or connection.kind != kind or _target(connection.settings) != _target(settings):
        # A stored secret is never sent to an address that it was not stored for.
        if not secret:
            raise InvalidConnection("secret", "missing")
        if connection is None:
            connection = CmsConnection(site_id=site.id)
            session.add(connection)
        connection.may_be_private = False
    keeps_addresses = connection.may_be_private and connection.purge_url == (purge_url or None)
    connection.may_be_private = is_operators or keeps_addresses
    connection.kind, connection.settings, connection.purge_url = kind, settings, purge_url or None
    connection.tested_at = connection.test_error = None
    if secret:
        connection.secret = seal(secret_keys, "cms", secret)
    note(session, site.id, editor, "cms.connected", kind=kind, settings=settings)
    session.commit()
    return connection


def disconnect(session: Session, editor: Editor | None, site: Site) -> None:
    """Forget the connection and its secret."""
    connection = session.get(CmsConnection, site.id)
    if connection is not None:
        session.delete(connection)
        note(session, site.id, editor, "cms.disconnected", kind=connection.kind)
    session.commit()


def connection_of(session: Session, site: Site) -> CmsConnection | None:
    """The connection of a site."""
    return session.get(CmsConnection, site.id)


def run_test(open_cms: Callable[[], Cms]) -> tuple[str, Refused | None]:
    """Open the CMS and ask it. Returns what answered, or the refusal. It needs no database."""
    try:
        cms = open_cms()
        with understood():
            return cms.test(), None
    except Refused as refused:
        return "", refused


def store_test(session: Session, connection: CmsConnection, refused: Refused | None, now: datetime) -> None:
    """Record the result of a test."""
    connection.tested_at = now
    connection.test_error = None if refused is None else storable(f"{refused.reason}: {refused}")
    session.commit()


def _target(settings: Mapping[str, str]) -> tuple[str | None, ...]:
    return settings.get("address"), settings.get("repository")


def _require_https(settings: Mapping[str, str]) -> None:
    """Refuse an address to which the secret would travel in the clear. Raises InvalidConnection."""
    for name in ("address", "repository"):
        if settings.get(name, "https:").lower().startswith("http:"):
            raise InvalidConnection(name, "not_https")
