"""End mail by the link in it, without signing in. Mail programs POST to it by themselves (RFC 8058)."""

from flask import Blueprint, Response, render_template, request

from moderation.services.notify.member_mail import end_mail, mail_of_token
from moderation.web.extensions import csrf, db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("unsubscribe", __name__)
# The token in the URL is the only key. The page uses no cookie.
csrf.exempt(blueprint)


@blueprint.route("/unsubscribe/<token>", methods=["GET", "POST"])
def show(token: str) -> Response:
    """Ask, and end the mail when the button is pressed. Link scanners only GET."""
    mail = mail_of_token(db_session(), wiring().settings.secret_keys, token)
    if request.method == "POST":
        end_mail(db_session(), mail)
    page = render_template("reader/unsubscribe.html", mail=mail)
    headers = {
        "X-Robots-Tag": "noindex",
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
    }
    return Response(page, headers=headers)
