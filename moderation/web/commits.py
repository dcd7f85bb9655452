"""Remember that a request began to commit. From then on an answer must not say that nothing was saved."""

from typing import Any

from flask import g, has_app_context, request
from sqlalchemy import event

from moderation.web.extensions import db

_STORES = "corrigenda.stores_report"


def watch_commits() -> None:
    """Take note of each commit of requests' sessions."""
    if not event.contains(db.session, "before_commit", _note):
        event.listen(db.session, "before_commit", _note)


def may_have_saved() -> bool:
    """Return whether this request began to commit something."""
    return bool(g.get("has_begun_to_commit", False))


def note_report(environ: dict[str, Any]) -> None:
    """Take note that this request begins to store a report, which no session of it does."""
    environ[_STORES] = True


def may_have_stored_report() -> bool:
    """Return whether this request began to store a report."""
    return _STORES in request.environ


def _note(_session: object) -> None:
    if has_app_context():
        g.has_begun_to_commit = True
