"""Forms for the settings of a site: one form a group. Field names are those of SiteSettings."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, FloatField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from moderation.desk.sites.route_field import RoutesField
from moderation.desk.sites.site_forms import DomainsField, LinesField, PercentField
from moderation.domain.sites.settings import longest, value_range

_FROM_0_TO_100 = lazy_gettext("Enter a percentage from 0 to 100.")
_DECIMAL = {"inputmode": "decimal"}


class GroupForm(FlaskForm):  # type: ignore[misc]
    """Settings that are saved together."""

    title = ""
    sentence = ""
    """What the group is for, in one sentence."""

    def settings(self) -> dict[str, Any]:
        """The entered settings: what SiteSettings has of the fields."""
        return {name: value for name, value in self.data.items() if name not in _APART}


_APART = {"name", "origins", "csrf_token", "fetch_header_name", "fetch_header_value"}


class GeneralGroup(GroupForm):
    """Name and allowed domains."""

    title = lazy_gettext("Site")
    sentence = lazy_gettext("The name that editors see, and the domains that readers may report from.")
    name = StringField(lazy_gettext("Name"), [InputRequired(), Length(max=100)])
    origins = DomainsField(
        lazy_gettext("Allowed domains"),
        [InputRequired()],
        description=lazy_gettext("For example news.example, or *.news.example for all subdomains"),
    )


class ReadersGroup(GroupForm):
    """Settings of the report form and of pages for readers."""

    title = lazy_gettext("Readers")
    sentence = lazy_gettext("What readers see in the report form.")
    ground_rules = TextAreaField(
        lazy_gettext("Ground rules for readers"),
        [Length(max=longest("ground_rules"))],
        description=lazy_gettext("Shown in the report form. For example: “We use British spelling.”"),
    )
    known_passages = BooleanField(
        lazy_gettext("Tell readers when a typo is already reported"),
        description=lazy_gettext("They can add “me too” instead of a second report"),
    )
    public_corrections = BooleanField(
        lazy_gettext("Publish corrections"),
        description=lazy_gettext("A page and feeds with the latest fixes that were seen on your pages"),
    )
    fix_mail = BooleanField(
        lazy_gettext("Offer readers an email when it is fixed"),
        description=lazy_gettext(
            "One email per report. The address is encrypted, and deleted when the email was sent, "
            "or after 60 days"
        ),
    )


class SpamGroup(GroupForm):
    """Protection against spam."""

    title = lazy_gettext("Spam")
    sentence = lazy_gettext("What keeps junk out of the queue.")
    spam_threshold = PercentField(
        lazy_gettext("Spam threshold"),
        [InputRequired(), NumberRange(*value_range("spam_threshold"), message=_FROM_0_TO_100)],
        description=lazy_gettext("Cases with this spam score or more go to Spam"),
        render_kw=_DECIMAL,
    )
    proof_of_work = BooleanField(
        lazy_gettext("Proof of work"),
        description=lazy_gettext(
            "Readers' browsers solve a small task first. It slows down automated reports"
        ),
    )
    blocked_words = LinesField(
        lazy_gettext("Blocked words"),
        description=lazy_gettext("One per line. A report with one of them is refused"),
    )
    blocked_readers = LinesField(
        lazy_gettext("Blocked readers"),
        description=lazy_gettext("Anonymous IDs, one per line. An ID changes every day"),
    )


class SuggestionsGroup(GroupForm):
    """The spell checker."""

    title = lazy_gettext("Suggestions")
    sentence = lazy_gettext("How sure the spell checker must be, and which words it accepts.")
    suggestion_threshold = PercentField(
        lazy_gettext("Spell checker threshold"),
        [InputRequired(), NumberRange(*value_range("suggestion_threshold"), message=_FROM_0_TO_100)],
        description=lazy_gettext("Less certain suggestions are hidden"),
        render_kw=_DECIMAL,
    )
    word_list = LinesField(
        lazy_gettext("House word list"),
        description=lazy_gettext("One per line: names and words of your house style"),
    )


class EditingGroup(GroupForm):
    """Deciding cases."""

    title = lazy_gettext("Editing")
    sentence = lazy_gettext("What editors use when they decide.")
    reject_reasons = LinesField(
        lazy_gettext("Rejection reasons"),
        description=lazy_gettext("One per line. Offered when you reject a case. Readers see the reason"),
    )
    insisting_readers = IntegerField(
        lazy_gettext("Reopen a rejected case after this many new readers"),
        [InputRequired(), NumberRange(*value_range("insisting_readers"))],
        description=lazy_gettext("Many readers may see what one editor did not"),
    )
    cms_link = StringField(
        lazy_gettext("CMS link"),
        [Optional(), Length(max=longest("cms_link"))],
        description=lazy_gettext(
            "Use {url}, {path} or {last} for the page, for example https://cms.example/edit?page={url}"
        ),
    )


class RoutingGroup(GroupForm):
    """Rules that send cases to members and channels."""

    title = lazy_gettext("Routing")
    sentence = lazy_gettext(
        "Who gets the cases of a page: by the section or the author that the page states, or by its address. "
        "The first rule that fits counts."
    )
    routes = RoutesField(
        lazy_gettext("Rules"),
        description=lazy_gettext(
            "A rule never changes what a person assigned. A channel with a rule hears of nothing else."
        ),
    )


class PagesGroup(GroupForm):
    """Settings for reading pages."""

    title = lazy_gettext("Page checks")
    sentence = lazy_gettext("How Corrigenda reads your pages to see that a mistake is fixed.")
    article_root = StringField(
        lazy_gettext("Article selector"),
        [Length(max=longest("article_root"))],
        description=lazy_gettext(
            "CSS selector: tag, .class or #id. If empty, the article element with the most text is used."
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


class SecurityGroup(GroupForm):
    """Protection of the members' accounts."""

    title = lazy_gettext("Security")
    sentence = lazy_gettext("What accounts need to work on this site.")
    two_factor_required = BooleanField(
        lazy_gettext("Require two-factor authentication"),
        description=lazy_gettext("Of everybody with access to this site, owners included"),
    )


class DataGroup(GroupForm):
    """Settings for data retention."""

    title = lazy_gettext("Data")
    sentence = lazy_gettext("How long closed cases are kept, and files with everything.")
    keep_days = IntegerField(
        lazy_gettext("Retention: delete closed cases after (days)"),
        [InputRequired(), NumberRange(*value_range("keep_days"))],
        description=lazy_gettext("Readers' reports are deleted with them. 0 keeps them forever."),
    )


GROUPS: Mapping[str, type[GroupForm]] = {
    "domains": GeneralGroup,
    "readers": ReadersGroup,
    "spam": SpamGroup,
    "suggestions": SuggestionsGroup,
    "editing": EditingGroup,
    "routing": RoutingGroup,
    "page-checks": PagesGroup,
    "security": SecurityGroup,
    "data": DataGroup,
}
"""The groups by their anchors, in their order on the page."""
