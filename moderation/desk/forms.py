"""The desk's forms."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from moderation.domain.lifecycle import ACTIONS


class StepForm(FlaskForm):  # type: ignore[misc]
    """One step with a case, as the editor saw it at `version`. The button pressed is the action."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=1)])
    action = HiddenField(validators=[AnyOf(ACTIONS)])
    correction = StringField(lazy_gettext("Should read"), [Optional(), Length(max=1000)])
    note = TextAreaField(lazy_gettext("Note for colleagues"), [Optional(), Length(max=2000)])
    everywhere = BooleanField()
    """Also with the same passage on other pages."""
