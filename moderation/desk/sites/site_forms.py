"""Forms of site administration."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FloatField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from moderation.domain.accounts.roles import ROLES
from moderation.domain.sites.settings import longest, value_range
from moderation.domain.sites.urls import complete_origin


class LinesField(TextAreaField):  # type: ignore[misc]
    """A list of texts, one per line."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep the lines that are not blank."""
        lines = valuelist[0].splitlines() if valuelist else ()
        self.data = [line.strip() for line in lines if line.strip()]


class DomainsField(LinesField):
    """Allowed domains, one per line. A missing scheme is completed."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep the lines that are not blank, each with its scheme."""
        super().process_formdata(valuelist)
        self.data = [complete_origin(line) for line in self.data]


class NewSiteForm(FlaskForm):  # type: ignore[misc]
    """Form for a new site: name and allowed domains."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=100)])
    origins = DomainsField(
        lazy_gettext("Allowed domains, one per line"),
        [InputRequired()],
        render_kw={"placeholder": "news.example", "rows": 2},
        description=lazy_gettext("Where your articles are. Reports from other domains are refused."),
    )
    submit = SubmitField(lazy_gettext("Add site"))


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """Form for the settings of a site. Field names are those of SiteSettings."""

    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=100)])
    origins = DomainsField(
        lazy_gettext("Allowed domains, one per line"),
        [InputRequired()],
        description=lazy_gettext(
            "For example https://news.example or https://*.news.example for all subdomains"
        ),
    )
    ground_rules = TextAreaField(
        lazy_gettext("Ground rules for readers"),
        [Length(max=longest("ground_rules"))],
        description=lazy_gettext("Shown in the report form. For example: “We use British spelling.”"),
    )
    known_passages = BooleanField(lazy_gettext("Tell readers when a typo is already reported"))
    proof_of_work = BooleanField(lazy_gettext("Proof of work: slow down automated reports"))
    blocked_words = LinesField(lazy_gettext("Blocked words, one per line"))
    blocked_readers = LinesField(lazy_gettext("Blocked readers (anonymous IDs), one per line"))
    spam_threshold = FloatField(
        lazy_gettext("Spam threshold (0–1): cases at or above it go to Spam"),
        [InputRequired(), NumberRange(*value_range("spam_threshold"))],
    )
    suggestion_threshold = FloatField(
        lazy_gettext("Spell checker threshold (0–1): less certain suggestions are hidden"),
        [InputRequired(), NumberRange(*value_range("suggestion_threshold"))],
    )
    word_list = LinesField(lazy_gettext("House word list: words the spell checker accepts, one per line"))
    insisting_readers = IntegerField(
        lazy_gettext("Reopen a rejected case after this many new readers"),
        [InputRequired(), NumberRange(*value_range("insisting_readers"))],
    )
    reject_reasons = LinesField(
        lazy_gettext("Rejection reasons, one per line"),
        description=lazy_gettext("Offered when you reject a case. Readers see the reason."),
    )
    cms_link = StringField(
        lazy_gettext("CMS link"),
        [Optional(), Length(max=longest("cms_link"))],
        description=lazy_gettext(
            "Use {url}, {path} or {last} for the page, for example https://cms.example/edit?page={url}"
        ),
    )
    fetch_pause = FloatField(
        lazy_gettext("Pause between page checks, seconds"),
        [Optional(), NumberRange(*value_range("fetch_pause"))],
        description=lazy_gettext("The checks read at most one page at a time from each of your servers."),
    )
    fetch_header_name = StringField(
        lazy_gettext("Secret header: name"),
        [Length(max=100)],
        description=lazy_gettext(
            "Sent with every page check, so that your protection against bots can let it pass."
        ),
    )
    fetch_header_value = PasswordField(
        lazy_gettext("Secret header: value"),
        [Length(max=1000)],
        description=lazy_gettext("Stored encrypted and never shown. Leave empty to keep the present value."),
    )
    article_root = StringField(
        lazy_gettext("Article selector"),
        [Length(max=longest("article_root"))],
        description=lazy_gettext(
            "CSS selector: tag, .class or #id. If empty, the article element with the most text is used."
        ),
    )
    keep_days = IntegerField(
        lazy_gettext("Retention: delete closed cases after (days)"),
        [InputRequired(), NumberRange(*value_range("keep_days"))],
        description=lazy_gettext("Readers' reports are deleted with them. 0 keeps them forever."),
    )
    submit = SubmitField(lazy_gettext("Save"))

    def settings(self) -> dict[str, Any]:
        """The entered settings, without name and origins."""
        apart = {"name", "origins", "submit", "csrf_token", "fetch_header_name", "fetch_header_value"}
        return {name: value for name, value in self.data.items() if name not in apart}


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Form for an invitation: email and role."""

    email = EmailField(lazy_gettext("Email"), [InputRequired(), Length(max=320)])
    role = SelectField(choices=list(ROLES), default="editor")


class RoleForm(FlaskForm):  # type: ignore[misc]
    """Form for the role of a member."""

    role = SelectField(choices=list(ROLES))
