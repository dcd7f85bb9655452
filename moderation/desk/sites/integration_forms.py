"""Forms of the Integrations page."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from moderation.desk.refusals import refusals_in
from moderation.domain.sites.languages import LANGUAGE_NAMES
from moderation.domain.sites.limits import URL_LENGTH
from moderation.models.event import EVENT_TYPES
from moderation.services.notify.subscribers import LONGEST_NAME
from moderation.services.notify.telegram_bots import MODES
from moderation.services.notify.wanted import WHEN
from moderation.web.labels.deliveries import event_type_label, mode_label, when_label

Made = TypeVar("Made")
_LONGEST_SECTIONS = 4 * URL_LENGTH


def saved(form: FlaskForm, save: Callable[[], Made]) -> Made | None:
    """Save a form that was sent and is valid. Returns None if it was not, or if the service refused it."""
    if form.validate_on_submit():
        with refusals_in(form):
            return save()
    return None


def section_field() -> TextAreaField:
    """Make the field for the sections that are told."""
    return TextAreaField(
        lazy_gettext("Only these sections"),
        [Optional(), Length(max=_LONGEST_SECTIONS)],
        default="",
        description=lazy_gettext(
            "One per line: its name as the pages state it, or the beginning of their addresses"
        ),
        render_kw={"placeholder": "https://news.example/sport/", "rows": 2},
    )


def readers_field() -> IntegerField:
    """Make the field for the number of readers from which on a new case is told."""
    return IntegerField(
        lazy_gettext("New cases: from this many readers on"),
        [InputRequired(), NumberRange(1, 1000)],
        default=1,
    )


def hour_field(label: str) -> IntegerField:
    """Make a field for an hour of the day, which may stay empty."""
    return IntegerField(label, [Optional(), NumberRange(0, 23)])


def time_zone_field() -> StringField:
    """Make the field for the time zone of digests and quiet hours."""
    return StringField(lazy_gettext("Time zone"), [InputRequired(), Length(max=60)], default="UTC")


def _own_lang() -> str:
    return str(get_locale().language)


def say_kept(field: Field) -> None:
    """Say at a stored secret's field that nothing is changed by leaving it empty."""
    kept = _("Leave empty to keep the present one.")
    field.description = f"{field.description} {kept}"


def lang_field() -> SelectField:
    """Make the field for the language of messages."""
    return SelectField(lazy_gettext("Language"), choices=[*LANGUAGE_NAMES.items()], default=_own_lang)


class _SubscriberForm(FlaskForm):  # type: ignore[misc]
    """Form whose fields have the names of the service's arguments."""

    def values(self) -> dict[str, Any]:
        """Return the entered values."""
        return {name: value for name, value in self.data.items() if name not in ("submit", "csrf_token")}


class EventsField(SelectMultipleField):  # type: ignore[misc]
    """Checkboxes for the events that a subscriber hears."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _ChatForm(FlaskForm):  # type: ignore[misc]
    """Name, address and language of a channel. Its fields come first on the page."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=LONGEST_NAME)])
    url = PasswordField(
        lazy_gettext("Address of the channel"),
        [Length(max=URL_LENGTH)],
        description=lazy_gettext(
            "As Apprise writes it, for example slack://… or tgram://… Stored encrypted and never shown."
        ),
    )
    lang = lang_field()


class WishesForm(_SubscriberForm):
    """Choose the events of a channel or a member, and the times. Field names are those of the settings."""

    events = EventsField(
        lazy_gettext("Events"), [InputRequired()], choices=[], default=["case.opened", "case.fixed"]
    )
    section = section_field()
    min_readers = readers_field()
    when = SelectField(lazy_gettext("When"), choices=[], default="at_once")
    daily_at = IntegerField(
        lazy_gettext("Daily digest: hour (0–23)"), [InputRequired(), NumberRange(0, 23)], default=9
    )
    quiet_from = hour_field(lazy_gettext("Quiet hours: from"))
    quiet_to = hour_field(lazy_gettext("Quiet hours: to"))
    time_zone = time_zone_field()
    is_on = BooleanField(lazy_gettext("Active"), default=True)
    submit = SubmitField(lazy_gettext("Save"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.events.choices = [(type_, event_type_label(type_)) for type_ in EVENT_TYPES]
        self.when.choices = [(when, when_label(when)) for when in WHEN]


class MemberForm(WishesForm):
    """Form for a member's own mail."""

    assigned_only = BooleanField(lazy_gettext("Only cases assigned to me"))
    submit = SubmitField(lazy_gettext("Save"))  # again: fields have the order in which they are made


class ChannelForm(WishesForm, _ChatForm):
    """Form for a channel of a chat."""


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


class BotForm(_SubscriberForm):
    """Form for a Telegram bot."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=LONGEST_NAME)], default="Telegram")
    secret = PasswordField(
        lazy_gettext("Token"),
        [Length(max=150)],
        description=lazy_gettext("From @BotFather: /newbot. Stored encrypted and never shown."),
    )
    chat = StringField(
        lazy_gettext("Chat"),
        [Length(max=40)],
        description=lazy_gettext(
            "Leave it empty, add the bot to the chat and write /here in it, once your own account is linked "
            "in your profile"
        ),
        render_kw={"placeholder": "-1001234567890"},
    )
    mode = SelectField(
        lazy_gettext("Buttons"),
        choices=[],
        default="polling",
        description=lazy_gettext("How presses come to Corrigenda. Asking works everywhere"),
    )
    lang = lang_field()
    section = section_field()
    min_readers = readers_field()
    quiet_from = hour_field(lazy_gettext("Quiet hours: from"))
    quiet_to = hour_field(lazy_gettext("Quiet hours: to"))
    time_zone = time_zone_field()
    is_on = BooleanField(lazy_gettext("Active"), default=True)
    submit = SubmitField(lazy_gettext("Save"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.mode.choices = [(mode, mode_label(mode)) for mode in MODES]
