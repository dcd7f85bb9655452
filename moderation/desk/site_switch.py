"""The site switch in the head of the desk. The browser's session remembers the choice."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Flask, g, redirect, request, session
from flask_login import current_user
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.models import Site
from moderation.services.accounts.access import sites_of
from moderation.web.extensions import db_session

_KEY = "site"
_SWITCHED = ("queue.show", "page.index", "insight.show")
"""Views with a `site` parameter. An empty one means all sites."""


def register(app: Flask) -> None:
    """Remember each choice, open pages with it, and give the switch to the templates."""
    app.before_request(_remember)
    app.jinja_env.globals.update(
        switch_sites=switch_sites, switched_site=switched_site, switch_target=switch_target
    )


def switch_sites() -> Sequence[Site]:
    """Return the sites to choose from. One request asks the database once."""
    if "switch_sites" not in g:
        g.switch_sites = sites_of(db_session(), signed_in())
    sites: Sequence[Site] = g.switch_sites
    return sites


def switched_site() -> str | None:
    """Return the id of the chosen site, for links. None for all sites."""
    chosen: str | None = session.get(_KEY)
    return chosen


def switch_target() -> str:
    """Return the endpoint that the switch opens: the page itself, if it is one of all sites."""
    endpoint = request.endpoint
    return endpoint if endpoint in _SWITCHED else _SWITCHED[0]


def _remember() -> Response | None:
    """Remember the chosen site. A page that is opened without a choice shows the remembered site."""
    if request.endpoint not in _SWITCHED or not current_user.is_authenticated:
        return None
    chosen = request.args.get("site", session.get(_KEY, "")).strip()
    if not chosen or chosen not in {str(site.id) for site in switch_sites()}:
        session.pop(_KEY, None)
        return None
    session[_KEY] = chosen
    if "site" in request.args:
        return None
    return redirect(f"{request.path}?{urlencode([*request.args.items(multi=True), ('site', chosen)])}")
