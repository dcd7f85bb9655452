"""Remove the demo at the desk: what goes, and the button."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.services.instance.demo import demo_contents, remove_demo
from moderation.web.extensions import db_session, own_sessions
from moderation.web.wiring import wiring

blueprint = Blueprint("demo_removal", __name__, url_prefix="/desk/sites/demo")


@blueprint.get("/remove")
@login_required  # type: ignore[untyped-decorator]
def confirm() -> str | Response:
    """Ask before the demo is removed, and say what goes."""
    contents = demo_contents(db_session(), signed_in())
    if contents is None:
        flash(_("There is no demo"), "info")
        return redirect(url_for("sites.index"))
    return render_template("desk/demo_removal.html", contents=contents)


@blueprint.post("/remove")
@login_required  # type: ignore[untyped-decorator]
def remove() -> Response:
    """Remove the demo."""
    if demo_contents(db_session(), signed_in()) is not None:
        db_session().commit()  # ends the transaction: the removal has its own
        remove_demo(own_sessions())
        wiring().sites.forget()
        flash(_("Demo removed"), "info")
    return redirect(url_for("sites.index"))
