"""The home page and the demo's newspaper."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from moderation.domain.sites.languages import LANGUAGES
from moderation.services.instance.demo import demo_site_key
from moderation.services.instance.newspaper import ARTICLES, find_article
from moderation.web.extensions import db_session
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

blueprint = Blueprint("demo", __name__)


@blueprint.get("/")
def home() -> str:
    """The home page, with links for readers, editors and developers."""
    return render_template("reader/home.html", has_demo=demo_site_key(db_session()) is not None)


@blueprint.get("/demo/")
def demo() -> Response:
    """Redirect to the article in the first language."""
    return redirect(url_for("demo.article", lang=LANGUAGES[0]))


@blueprint.get(f"/demo/<any({', '.join(LANGUAGES)}):lang>")
def article(lang: str) -> str:
    """An article with typos that carries the widget, as a page of a news site does."""
    return _page(f"reader/article_{lang}.html", url_for("demo.article", lang=lang))


@blueprint.get(f"/demo/<any({', '.join(LANGUAGES)}):lang>/<slug>")
def news(lang: str, slug: str) -> str:
    """An article that readers have reported already."""
    found = find_article(lang, slug)
    if found is None:
        raise Problem(404, _("This article does not exist."))
    return _page("reader/article.html", found.path, article=found)


def _page(template: str, path: str, **values: object) -> str:
    """Render a page of the newspaper. Raises Problem: 404 without the demo."""
    site_key = demo_site_key(db_session())
    if site_key is None:
        raise Problem(404, _("The demo is turned off here."))
    canonical = wiring().settings.base_url + path
    return render_template(template, site_key=site_key, canonical=canonical, articles=ARTICLES, **values)
