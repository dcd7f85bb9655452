"""A reader asks for one mail when the mistake is fixed, and takes it back."""

from flask import Blueprint, g, redirect, request, url_for
from flask_babel import get_locale
from werkzeug import Response

from moderation.reader.receipt import can_mail, receipt_page
from moderation.services.intake import fix_notices
from moderation.services.intake.receipts import read_receipt, report_id_of
from moderation.web.errors import problem_of
from moderation.web.extensions import csrf, db_session, limiter
from moderation.web.report_request import identify_reader, require_own_origin
from moderation.web.wiring import wiring

blueprint = Blueprint("fix_notice", __name__)
identify_reader(blueprint)
# The token in the URL is the only key, and there is no cookie. The Origin header is checked instead.
csrf.exempt(blueprint)


def _mailbox() -> str:
    """Return a key of the entered address, so that no mailbox is filled; of the reader without one."""
    try:
        hashed = fix_notices.address_hash(wiring().settings.secret_keys, request.form.get("address", ""))
    except fix_notices.InvalidAddress:
        return _reader()
    return f"notice to {hashed.hex()}"


def _reader() -> str:
    return f"notice by {g.reader.hash.hex()}"


@blueprint.post("/r/<token>/email")
@limiter.limit("20 per hour", key_func=_reader)
@limiter.limit("10 per day", key_func=_mailbox)
def ask(token: str) -> Response:
    """Store the address, or show its error."""
    require_own_origin()
    keys = wiring().settings.secret_keys
    report_id, address = report_id_of(keys, token), request.form.get("address", "")[:254]
    read_receipt(db_session(), keys, token)
    if can_mail():
        try:
            fix_notices.ask(db_session(), keys, report_id, address, str(get_locale()))
        except (fix_notices.InvalidAddress, fix_notices.TooManyNotices) as error:
            problem = problem_of(error)
            return receipt_page(token, problem.status, error=problem.detail, address=address)
    return redirect(url_for("receipt.show", token=token, _anchor="tell-me"))


@blueprint.post("/r/<token>/email/delete")
def forget(token: str) -> Response:
    """Delete the address."""
    require_own_origin()
    fix_notices.erase(db_session(), report_id_of(wiring().settings.secret_keys, token))
    db_session().commit()
    return redirect(url_for("receipt.show", token=token))
