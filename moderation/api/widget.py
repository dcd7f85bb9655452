"""Data for the widget: settings and known passages, and proof-of-work challenges."""

from datetime import UTC, datetime

from flask import Blueprint, Response

from moderation.api.answer import json_answer
from moderation.api.body import read_query
from moderation.api.cors import allow_any_origin
from moderation.api.schemas.reports import ChallengeOut, ChallengeQuery, QuoteOut, WidgetOut, WidgetQuery
from moderation.api.spec import documented
from moderation.services.intake.accept import page_url
from moderation.services.intake.known_passages import known_passages
from moderation.services.intake.proof_of_work import make_challenge
from moderation.web.extensions import db_session
from moderation.web.report_request import find_site, noting_foreign_origins
from moderation.web.wiring import wiring

blueprint = Blueprint("widget_api", __name__, url_prefix="/api/v1")
allow_any_origin(blueprint, methods="GET", headers="")


@blueprint.get("/widget")
@documented(security=None, query=WidgetQuery, answer=WidgetOut, refusals=(401, 403, 422, 503))
def get_widget() -> Response:
    """Read widget data for a page

    Returns the site's ground rules and article selector, and whether it requires a proof of work. If the site
    shares them, also the passages of the page that editors have already. Cacheable for a minute.
    """
    query = read_query(WidgetQuery)
    site = find_site(query.site)
    with noting_foreign_origins(wiring(), site, query.url):
        page = page_url(site, query.url)
    wiring().widget_health.seen(site.id, page, query.version, datetime.now(UTC))
    known = None
    if site.settings.known_passages:
        found = known_passages(db_session(), site.id, page)
        known = [QuoteOut(quote.exact, quote.prefix, quote.suffix) for quote in found]
    settings = site.settings
    answer = WidgetOut(settings.ground_rules, settings.proof_of_work, settings.article_root, known)
    return json_answer(answer, cache="public, max-age=60")


@blueprint.get("/challenge")
@documented(security=None, query=ChallengeQuery, answer=ChallengeOut, refusals=(401, 422, 503))
def get_challenge() -> Response:
    """Get a challenge to solve

    ALTCHA, version 2. Send the solution as base64 of `{challenge, solution}` in X-Proof with one report.
    """
    find_site(read_query(ChallengeQuery).site)
    return json_answer(make_challenge(wiring().settings.secret_keys, datetime.now(UTC)))
