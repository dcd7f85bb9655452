"""The home page and the demo's two articles."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug import Response

from moderation.services.instance.demo import demo_site_key
from moderation.web.extensions import db_session
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

ARTICLES = {"ru": "reader/article_ru.html", "en": "reader/article_en.html"}

blueprint = Blueprint("demo", __name__)


@blueprint.get("/")
def home() -> str:
    """What this is, and the three doors."""
    return render_template("reader/home.html", has_demo=demo_site_key(db_session()) is not None)


@blueprint.get("/demo/")
def demo() -> Response:
    """The article that most people mean."""
    return redirect(url_for("demo.article", lang="ru"))


@blueprint.get("/demo/<any(ru, en):lang>")
def article(lang: str) -> str:
    """An article with typos to find, carrying the widget as a customer's page would."""
    site_key = demo_site_key(db_session())
    if site_key is None:
        raise Problem(404, "This instance runs without the demo.")
    canonical = wiring().settings.base_url + url_for("demo.article", lang=lang)
    return render_template(ARTICLES[lang], site_key=site_key, canonical=canonical)
