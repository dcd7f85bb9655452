"""The language of a page: the switch, else the browser's, else Russian's neighbour English."""

from flask import Blueprint, Flask, redirect, request
from flask_babel import get_locale
from werkzeug import Response

from moderation.domain.sites.languages import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES

COOKIE = "corrigenda_lang"
_YEAR = 365 * 24 * 3600

blueprint = Blueprint("locale", __name__)


def register(app: Flask) -> None:
    """Add the switch, and what templates need to show it."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(languages=LANGUAGE_NAMES, get_locale=get_locale)


def select_locale() -> str:
    """One of LANGUAGES."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=DEFAULT_LANGUAGE)


@blueprint.get(f"/language/<any({', '.join(LANGUAGES)}):code>")
def switch(code: str) -> Response:
    """Remember the language and go back to where the reader came from, on this site only."""
    back = request.args.get("next", "/")
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        back = "/"
    response = redirect(back)
    response.set_cookie(COOKIE, code, max_age=_YEAR, samesite="Lax", httponly=True)
    return response
