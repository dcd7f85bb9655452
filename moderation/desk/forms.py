"""The desk's forms."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from moderation.domain.cases.lifecycle import ACTIONS
from moderation.domain.sites import limits
from moderation.services.cases.saved_queues import LONGEST_NAME


class PlainForm(FlaskForm):  # type: ignore[misc]
    """Only a CSRF token, for forms whose button says it all. CSRFProtect asks for it before any view."""


class StepForm(FlaskForm):  # type: ignore[misc]
    """One step with a case, as the editor saw it at `version`. The button pressed is the action."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=1)])
    action = HiddenField(validators=[AnyOf(ACTIONS)])
    correction = StringField(lazy_gettext("Correction"), [Optional(), Length(max=limits.CORRECTION_LENGTH)])
    note = TextAreaField(lazy_gettext("Internal note"), [Optional(), Length(max=limits.NOTE_LENGTH)])
    reason = StringField(
        lazy_gettext("Reason for rejecting (the reader sees it)"),
        [Optional(), Length(max=limits.REASON_LENGTH)],
    )
    everywhere = BooleanField()
    """Also with the same passage on other pages."""
    override = BooleanField()
    """Decide although somebody else closed the case."""


class BulkForm(FlaskForm):  # type: ignore[misc]
    """One step with many cases."""

    action = HiddenField(validators=[AnyOf(ACTIONS)])
    confirmed = IntegerField(validators=[Optional(), NumberRange(min=1)])
    note = StringField(validators=[Optional(), Length(max=limits.NOTE_LENGTH)])
    reason = StringField(validators=[Optional(), Length(max=limits.REASON_LENGTH)])


class ViewForm(FlaskForm):  # type: ignore[misc]
    """A view's name."""

    name = StringField(validators=[InputRequired(), Length(max=LONGEST_NAME)])
