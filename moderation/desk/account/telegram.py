"""Link one's own Telegram account, and unlink it."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.services.accounts.telegram_link import VALID, make_code, telegram_of, unlink
from moderation.services.notify.telegram_bots import usernames_for
from moderation.web.extensions import db_session, limiter
from moderation.web.wiring import wiring

blueprint = Blueprint("telegram_account", __name__, url_prefix="/desk/account/telegram")


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """Show the linked account."""
    return _page()


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
@limiter.limit("10 per 15 minutes", key_func=lambda: str(signed_in().id))
def code() -> str:
    """Make a one-time code, and show it once."""
    confirm_identity()
    made = make_code(db_session(), wiring().settings.secret_keys, signed_in(), datetime.now(UTC))
    return _page(made)


@blueprint.post("/unlink")
@login_required  # type: ignore[untyped-decorator]
def remove() -> Response:
    """Unlink the account."""
    unlink(db_session(), signed_in())
    flash(_("Telegram account unlinked"), "info")
    return redirect(url_for("telegram_account.show"))


def _page(code: str = "") -> str:
    return render_template(
        "desk/telegram_account.html",
        account=telegram_of(db_session(), signed_in()),
        bots=usernames_for(db_session(), signed_in()),
        code=code,
        minutes=int(VALID.total_seconds() // 60),
    )
