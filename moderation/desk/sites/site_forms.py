"""Forms of site administration."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    FloatField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from moderation.domain.accounts.roles import ROLES
from moderation.domain.sites.urls import complete_origin


class LinesField(TextAreaField):  # type: ignore[misc]
    """A list of texts, one per line."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep the lines that are not blank."""
        lines = [line for value in valuelist for line in value.splitlines()]
        self.data = [line.strip() for line in lines if line.strip()]


class DomainsField(LinesField):
    """Allowed domains, one per line. A missing scheme is completed."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep the lines that are not blank, each with its scheme."""
        super().process_formdata(valuelist)
        self.data = [complete_origin(line) for line in self.data]


class PercentField(FloatField):  # type: ignore[misc]
    """A share from 0 to 1 that people see and enter as percent."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data * 100:g}"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read a number from 0 to 100, with or without its sign."""
        super().process_formdata([value.replace("%", "").replace(",", ".").strip() for value in valuelist])
        self.data: float = round(float(self.data) / 100, 4)


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


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Form for an invitation: email and role."""

    email = EmailField(lazy_gettext("Email"), [InputRequired(), Length(max=320)])
    role = SelectField(choices=list(ROLES), default="editor")


class RoleForm(FlaskForm):  # type: ignore[misc]
    """Form for the role of a member."""

    role = SelectField(choices=list(ROLES))
