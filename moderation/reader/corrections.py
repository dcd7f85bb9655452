"""A site's public corrections: a page, an Atom feed and a JSON Feed. Off by default."""

import re
from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response, render_template

from moderation.models import Site
from moderation.services.cases.corrections import Correction, corrections_of
from moderation.services.sites.directory import KnownSite, UnknownSite
from moderation.web.extensions import db_session
from moderation.web.report_request import find_site
from moderation.web.wiring import wiring

blueprint = Blueprint("corrections", __name__, url_prefix="/corrections")
_CACHE = "public, max-age=300"
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold. A page's text can, and the feed would be no XML any more."""


@blueprint.get("/<site_key>")
def page(site_key: str) -> Response:
    """The corrections as a page."""
    site, items = _corrections(site_key)
    body = render_template("reader/corrections.html", site=site, items=items, key=site_key)
    return Response(body, headers={"Cache-Control": _CACHE, "Vary": "Accept-Language, Cookie"})


@blueprint.get("/<site_key>/feed.atom")
def atom(site_key: str) -> Response:
    """The corrections as an Atom feed (RFC 4287)."""
    site, items = _corrections(site_key)
    updated = items[0].fixed_at if items else datetime(2020, 1, 1, tzinfo=UTC)
    body = render_template(
        "reader/corrections_atom.html", site=site, items=items, address=_address(site_key), updated=updated
    )
    body = _NOT_IN_XML.sub("", body)
    return Response(body, content_type="application/atom+xml", headers={"Cache-Control": _CACHE})


@blueprint.get("/<site_key>/feed.json")
def json_feed(site_key: str) -> Response:
    """The corrections as a JSON Feed, version 1.1."""
    site, items = _corrections(site_key)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "home_page_url": _address(site_key),
        "feed_url": f"{_address(site_key)}/feed.json",
        "items": [_json_item(item) for item in items],
    }
    return Response(
        msgspec.json.encode(feed), content_type="application/feed+json", headers={"Cache-Control": _CACHE}
    )


def _json_item(item: Correction) -> dict[str, object]:
    return {
        "id": f"urn:uuid:{item.id}",
        "url": item.url,
        "title": item.title or item.url,
        "content_text": f"{item.wrong} → {item.right}",
        "date_published": item.fixed_at,
        "_corrigenda": {"wrong": item.wrong, "right": item.right, "readers": item.readers},
    }


def _corrections(site_key: str) -> tuple[Site, list[Correction]]:
    """Return the site and its corrections. Raises UnknownSite also if the site does not publish them."""
    known: KnownSite = find_site(site_key)
    if not known.settings.public_corrections:
        raise UnknownSite(site_key)
    session = db_session()
    return session.get_one(Site, known.id), list(corrections_of(session, known.id))


def _address(site_key: str) -> str:
    return f"{wiring().settings.base_url}/corrections/{site_key}"
