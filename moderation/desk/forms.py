"""Forms of the desk that several pages use."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from moderation.domain.cases.lifecycle import ACTIONS
from moderation.domain.sites import limits


class PlainForm(FlaskForm):  # type: ignore[misc]
    """A CSRF token, for forms that consist of a button. CSRFProtect checks it before any view."""


class StepForm(FlaskForm):  # type: ignore[misc]
    """A decision about a case that the editor saw at `version`. The button is the action."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=1)])
    action = HiddenField(validators=[AnyOf((*ACTIONS, "apply"))])
    """`apply`: accept, and apply the correction in the CMS."""
    correction = StringField(lazy_gettext("Correction"), [Optional(), Length(max=limits.CORRECTION_LENGTH)])
    note = TextAreaField(lazy_gettext("Internal note"), [Optional(), Length(max=limits.NOTE_LENGTH)])
    reason = StringField(
        lazy_gettext("Reason for rejecting (the reader sees it)"),
        [Optional(), Length(max=limits.REASON_LENGTH)],
    )
    everywhere = BooleanField()
    """Apply the decision also to the same passage on other pages."""
    override = BooleanField()
    """Decide even if another editor closed the case."""


class BulkForm(FlaskForm):  # type: ignore[misc]
    """A bulk decision."""

    action = HiddenField(validators=[AnyOf((*ACTIONS, "apply"))])
    confirmed = IntegerField(validators=[Optional(), NumberRange(min=1)])
    """How many cases match."""
    ready = IntegerField(validators=[Optional(), NumberRange(min=0)])
    """How many of them have a suggestion. If given, only these are accepted."""
    note = StringField(validators=[Optional(), Length(max=limits.NOTE_LENGTH)])
    reason = StringField(validators=[Optional(), Length(max=limits.REASON_LENGTH)])
