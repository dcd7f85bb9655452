"""The forms with which a site is run."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FloatField,
    IntegerField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from moderation.domain.accounts.roles import ROLES


class LinesField(TextAreaField):  # type: ignore[misc]
    """A list of texts, one a line."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Lines that hold something."""
        lines = valuelist[0].splitlines() if valuelist else ()
        self.data = [line.strip() for line in lines if line.strip()]


class NewSiteForm(FlaskForm):  # type: ignore[misc]
    """A site's name and where its pages are."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=100)])
    origins = LinesField(
        lazy_gettext("Origins of its pages, one a line"),
        [InputRequired()],
        render_kw={"placeholder": "https://news.example"},
    )
    submit = SubmitField(lazy_gettext("Add the site"))


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """What a site's people may set; the names are SiteSettings'."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=100)])
    origins = LinesField(
        lazy_gettext("Origins of its pages, one a line"),
        [InputRequired()],
        description=lazy_gettext(
            "Such as https://news.example, or https://*.news.example for its subdomains."
        ),
    )
    ground_rules = TextAreaField(
        lazy_gettext("What readers should know before they report"),
        [Length(max=500)],
        description=lazy_gettext("Shown in the dialog: “We write in British spelling”."),
    )
    known_passages = BooleanField(lazy_gettext("Tell readers that the editors know a mistake already"))
    proof_of_work = BooleanField(lazy_gettext("Ask readers' browsers for a proof of work (against floods)"))
    blocked_words = LinesField(lazy_gettext("Words that no report may hold, one a line"))
    blocked_readers = LinesField(lazy_gettext("Readers who may not report, by hash, one a line"))
    spam_threshold = FloatField(
        lazy_gettext("From which spam score a case opens in the spam list"),
        [InputRequired(), NumberRange(0, 1)],
    )
    suggestion_threshold = FloatField(
        lazy_gettext("How sure the speller must be to be heard"), [InputRequired(), NumberRange(0, 1)]
    )
    word_list = LinesField(lazy_gettext("Names and house style that the speller never flags, one a line"))
    insisting_readers = IntegerField(
        lazy_gettext("How many new readers reopen a rejected case"), [InputRequired(), NumberRange(1, 1000)]
    )
    reject_reasons = LinesField(
        lazy_gettext("Reasons for rejecting, one a line"),
        description=lazy_gettext("At hand when a case is rejected; readers see them."),
    )
    cms_link = StringField(
        lazy_gettext("Where a page is edited"),
        [Optional(), Length(max=500)],
        description=lazy_gettext(
            "{url}, {path} and {last} stand for the page: https://cms.example/edit?page={url}"
        ),
    )
    article_root = StringField(
        lazy_gettext("Where a page's article is"),
        [Length(max=200)],
        description=lazy_gettext("A tag, .class or #id; empty: the first article or main."),
    )
    keep_days = IntegerField(
        lazy_gettext("Days after which closed cases are deleted"),
        [InputRequired(), NumberRange(0, 3650)],
        description=lazy_gettext("With all that their readers sent. 0: never."),
    )
    submit = SubmitField(lazy_gettext("Save"))

    def settings(self) -> dict[str, Any]:
        """What was entered, but name and origins."""
        apart = {"name", "origins", "submit", "csrf_token"}
        return {name: value for name, value in self.data.items() if name not in apart}


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Whom to ask onto the site, and as what."""

    email = EmailField(lazy_gettext("E-mail"), [InputRequired(), Length(max=320)])
    role = SelectField(choices=list(ROLES), default="editor")


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A member's role."""

    role = SelectField(choices=list(ROLES))
