"""The home page and the demo's two articles."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug import Response

from moderation.domain.sites.languages import LANGUAGES
from moderation.services.instance.demo import demo_site_key
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
    site_key = demo_site_key(db_session())
    if site_key is None:
        raise Problem(404, "This instance runs without the demo.")
    canonical = wiring().settings.base_url + url_for("demo.article", lang=lang)
    return render_template(f"reader/article_{lang}.html", site_key=site_key, canonical=canonical)
