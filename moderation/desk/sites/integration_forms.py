"""Forms of the Integrations page."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, SubmitField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from moderation.domain.sites.limits import URL_LENGTH
from moderation.models.event import EVENT_TYPES
from moderation.services.notify.subscribers import LONGEST_NAME
from moderation.web.labels.deliveries import event_type_label


class EventsField(SelectMultipleField):  # type: ignore[misc]
    """Checkboxes for the events that a subscriber hears."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WebhookForm(FlaskForm):  # type: ignore[misc]
    """Form for a webhook."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=LONGEST_NAME)])
    url = StringField(
        lazy_gettext("Address"),
        [InputRequired(), Length(max=URL_LENGTH)],
        render_kw={"placeholder": "https://cms.news.example/hooks/corrigenda"},
    )
    events = EventsField(
        lazy_gettext("Events"),
        [InputRequired()],
        choices=[(type_, type_) for type_ in EVENT_TYPES],
        default=list(EVENT_TYPES),
    )
    is_on = BooleanField(lazy_gettext("Active"), default=True)
    submit = SubmitField(lazy_gettext("Save"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.events.choices = [(type_, event_type_label(type_)) for type_ in EVENT_TYPES]
