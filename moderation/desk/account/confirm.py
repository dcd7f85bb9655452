"""The page that asks who is at the desk, and leads back to where the answer is needed."""

from flask import Blueprint, Response, redirect, request, url_for
from flask_login import login_required
from werkzeug import Response as AnyResponse

from moderation.desk.account.challenge import new_challenge, relying_party
from moderation.desk.account.confirm_identity import challenge_purpose, confirm_identity, is_confirmed, page
from moderation.desk.account.session import signed_in
from moderation.services.accounts import passkeys
from moderation.web.extensions import limiter
from moderation.web.local_path import local_path

blueprint = Blueprint("confirm", __name__, url_prefix="/desk/account/confirm")


@blueprint.route("", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def show() -> str | AnyResponse:
    """Ask who is there, then lead back."""
    back = local_path(request.args.get("next"), url_for("account.show"), under="/desk")
    if request.method == "POST":
        confirm_identity()
    if is_confirmed():
        return redirect(back)
    return page(url_for("confirm.show", next=back), (), back)


@blueprint.post("/options")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("20 per 15 minutes", key_func=lambda: f"confirm {signed_in().id}")
def options() -> Response:
    """Answer the options for a passkey that confirms the identity."""
    made = passkeys.options_to_sign_in(relying_party(), new_challenge(challenge_purpose()))
    return Response(made, content_type="application/json")
