"""Lead accounts that lack a required second factor to its setup. They can do nothing else at the desk."""

from flask import Blueprint, Flask, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug import Response

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.services.accounts.second_factor import (
    TwoFactorRequired,
    require_of_all,
    require_second_factor,
)
from moderation.web.extensions import db_session

blueprint = Blueprint("two_factor_rule", __name__, url_prefix="/desk/two-factor-rule")
_OPEN = frozenset(
    {
        "account.codes",
        "passkeys.options",
        "passkeys.add",
        "confirm.show",
        "confirm.options",
        "sso.confirm",
        "sso.callback",
        "sign_in.out",
        "static",
        "bootstrap.static",
    }
)


def register(app: Flask) -> None:
    """Check every request to the desk of a signed-in editor."""
    app.before_request(_lead_to_setup)


def _lead_to_setup() -> Response | None:
    """Redirect pages to the setup. Raises TwoFactorRequired for everything else."""
    if not request.path.startswith("/desk") or request.endpoint in _OPEN or not current_user.is_authenticated:
        return None
    try:
        require_second_factor(db_session(), signed_in())
    except TwoFactorRequired:
        if request.method != "GET":
            raise
        flash(_("Two-factor authentication is required here. Set it up to continue."), "warning")
        return redirect(url_for("account.codes"))
    return None


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def change() -> Response:
    """Require two factors of every account, or no longer."""
    required = request.form.get("required") == "yes"
    confirm_identity()
    require_of_all(db_session(), signed_in(), required)
    flash(_("Settings saved"), "info")
    return redirect(url_for("sites.index"))
