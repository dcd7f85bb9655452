"""Apply the rules of a site to its open cases, and undo that."""

from secrets import token_urlsafe
from uuid import UUID

import msgspec
from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import ngettext
from flask_login import login_required
from redis.exceptions import RedisError
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.sites.sites import site_to_run
from moderation.desk.undo import offer_undo
from moderation.services.cases.bulk import CannotUndo
from moderation.services.cases.route_open import Assigned, apply_to_open, take_back
from moderation.web.errors import problem_of
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("routing", __name__, url_prefix="/desk/sites/<uuid:site_id>/routing")
_KEPT_SECONDS = 3600
"""How long an application can be undone."""


@blueprint.post("/apply")
@login_required  # type: ignore[untyped-decorator]
def apply(site_id: UUID) -> Response:
    """Assign the open cases by the rules."""
    done = apply_to_open(db_session(), signed_in(), site_to_run(site_id))
    flash(ngettext("%(num)d case assigned", "%(num)d cases assigned", len(done)), "info")
    token = token_urlsafe(16)
    try:
        wiring().redis.set(_key(site_id, token), msgspec.json.encode(done), ex=_KEPT_SECONDS)
    except RedisError:
        token = ""  # without Redis it cannot be undone
    if done and token:
        offer_undo(url_for("routing.undo", site_id=site_id), run=token)
    return _back(site_id)


@blueprint.post("/undo")
@login_required  # type: ignore[untyped-decorator]
def undo(site_id: UUID) -> Response:
    """Give the cases of an application back to whom they were assigned before."""
    site = site_to_run(site_id)
    try:
        kept = wiring().redis.getdel(_key(site_id, request.form.get("run", "")))
    except RedisError:
        kept = None
    assigned = msgspec.json.decode(kept, type=list[Assigned]) if isinstance(kept, bytes) else []
    if assigned:
        count = take_back(db_session(), signed_in(), site, assigned)
        flash(ngettext("%(num)d assignment undone", "%(num)d assignments undone", count), "info")
    else:
        flash(problem_of(CannotUndo()).detail, "warning")
    return _back(site_id)


def _key(site_id: UUID, token: str) -> str:
    return f"corrigenda:routing:{site_id}:{token[:40]}"


def _back(site_id: UUID) -> Response:
    return redirect(url_for("settings.show", site_id=site_id, _anchor="routing"))
