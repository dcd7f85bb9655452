"""The language of a page: the reader's choice (a cookie), else Accept-Language, else English."""

from flask import Blueprint, Flask, redirect, request
from flask_babel import get_locale
from werkzeug import Response

from moderation.domain.sites.languages import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES
from moderation.web.local_path import local_path
from moderation.web.security import cookie_name
from moderation.web.wiring import wiring

_COOKIE = "corrigenda_lang"
_YEAR = 365 * 24 * 3600

blueprint = Blueprint("locale", __name__)


def register(app: Flask) -> None:
    """Add the language switch and its template variables."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(languages=LANGUAGE_NAMES, get_locale=get_locale)


def select_locale() -> str:
    """Return the language of this request, one of LANGUAGES."""
    chosen = request.cookies.get(cookie_name(_COOKIE, wiring().settings))
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=DEFAULT_LANGUAGE)


@blueprint.get(f"/language/<any({', '.join(LANGUAGES)}):code>")
def switch(code: str) -> Response:
    """Store the chosen language in a cookie and redirect to the previous page."""
    response = redirect(local_path(request.args.get("next"), "/"))
    settings = wiring().settings
    name = cookie_name(_COOKIE, settings)
    response.set_cookie(name, code, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.is_https)
    return response
