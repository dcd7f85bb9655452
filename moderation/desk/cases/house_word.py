"""Add the passage of a case to the house word list of its site, and undo it."""

from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from moderation.desk.account.session import signed_in
from moderation.desk.cases.case_page import find_case
from moderation.services.sites.setting_lists import add_entry, remove_entry
from moderation.web.errors import wants_json
from moderation.web.extensions import db_session

blueprint = Blueprint("house_word", __name__, url_prefix="/desk/cases/<uuid:case_id>/house-word")


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def add(case_id: UUID) -> Response:
    """Add the word."""
    case = find_case(case_id)
    add_entry(db_session(), signed_in(), case.site, "word_list", case.exact)
    message = _("Added to the house word list: %(word)s", word=case.exact)
    return _answer(case_id, message, undo=url_for("house_word.remove", case_id=case_id))


@blueprint.post("/remove")
@login_required  # type: ignore[untyped-decorator]
def remove(case_id: UUID) -> Response:
    """Remove the word again."""
    case = find_case(case_id)
    remove_entry(db_session(), signed_in(), case.site, "word_list", case.exact)
    return _answer(case_id, _("Removed from the house word list: %(word)s", word=case.exact))


def _answer(case_id: UUID, message: str, undo: str | None = None) -> Response:
    """Answer a script with JSON, and a form with the case's page."""
    if wants_json():
        return jsonify(message=message, undo=undo)
    flash(message, "info")
    return redirect(url_for("case.show", case_id=case_id))
