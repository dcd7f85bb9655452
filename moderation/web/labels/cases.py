"""The desk's names for statuses, actions and kinds of mistake, translated."""

from datetime import timedelta

from flask_babel import format_timedelta, pgettext
from flask_babel import gettext as _

from moderation.models import Decision
from moderation.services.cases.queue import MOST_COUNTED


def status_word(status: str) -> str:
    """A status, said of one case."""
    return str(
        {
            "open": pgettext("case", "Open"),
            "accepted": pgettext("case", "Accepted"),
            "rejected": pgettext("case", "Rejected"),
            "spam": pgettext("case", "Spam"),
            "fixed": pgettext("case", "Fixed"),
        }[status]
    )


def tab_word(status: str) -> str:
    """A status, said of all cases in it."""
    return str(
        {
            "open": pgettext("cases", "Open"),
            "accepted": pgettext("cases", "Accepted"),
            "rejected": pgettext("cases", "Rejected"),
            "spam": pgettext("cases", "Spam"),
            "fixed": pgettext("cases", "Fixed"),
        }[status]
    )


def action_word(action: str) -> str:
    """An action as its button says it."""
    return str(
        {
            "accept": _("Accept"),
            "reject": _("Reject"),
            "spam": _("It is spam"),
            "fix": _("Already fixed"),
            "reopen": _("Reopen"),
        }[action]
    )


def decided_by(decision: Decision | None) -> str:
    """Who took a step; without an editor, or a step, it was the service."""
    return decision.editor.called if decision and decision.editor else "Corrigenda"


def count_word(count: int) -> str:
    """A count that stopped counting says so."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def lang_word(lang: str) -> str:
    """A language that cases are in."""
    return str({"ru": _("Russian"), "en": _("English")}[lang])


def age_word(age: str) -> str:
    """When a case was first reported."""
    return str(
        {
            "day": _("in the last day"),
            "week": _("in the last week"),
            "month": _("in the last month"),
            "older": _("longer ago"),
        }[age]
    )


def role_word(role: str) -> str:
    """What a person may do on a site."""
    return str(
        {
            "viewer": _("reads"),
            "editor": _("decides"),
            "admin": _("runs the site"),
        }[role]
    )


def scope_word(scope: str) -> str:
    """What a token may do."""
    return str({"read": _("read cases and figures"), "decide": _("decide cases")}[scope])


def duration_word(seconds: float | None) -> str:
    """A duration in its largest unit; a dash for none."""
    return "—" if seconds is None else str(format_timedelta(timedelta(seconds=seconds), threshold=1.5))


def audit_word(what: str) -> str:
    """A change to a site."""
    return str(
        {
            "site.made": _("made the site"),
            "settings.changed": _("changed settings"),
            "key.rotated": _("made a new key"),
            "key.ended": _("ended the old key"),
            "member.invited": _("invited somebody"),
            "member.joined": _("joined"),
            "member.role_changed": _("changed a role"),
            "member.removed": _("removed a member"),
            "invitation.revoked": _("took an invitation back"),
            "deletion.asked": _("asked for the site's deletion"),
            "deletion.taken_back": _("took the deletion back"),
            "site.exported": _("took everything as a file"),
        }[what]
    )


def done_word(status: str) -> str:
    """What the desk says after a step."""
    return str(
        {
            "open": _("The case is open again."),
            "accepted": _("Accepted."),
            "rejected": _("Rejected."),
            "spam": _("Marked as spam."),
            "fixed": _("Marked as fixed."),
        }[status]
    )


def empty_word(status: str) -> str:
    """What an empty list says, and what to do next."""
    return str(
        {
            "open": _("Nothing to do: every report is settled."),
            "accepted": _("No case waits for its page to be mended."),
            "rejected": _("No case was rejected."),
            "spam": _("No case was marked as spam."),
            "fixed": _("No mistake has been mended yet."),
        }[status]
    )


def priority_word(reason: str) -> str:
    """A reason for a case's place in the queue, `name:points`, in words."""
    name, _sep, points = reason.partition(":")
    words = {
        "readers": _("readers who saw it"),
        "correction": _("a correction at hand"),
        "page": _("a page with many reports"),
    }
    return f"{words[name]} +{points}"


def spam_word(reason: str) -> str:
    """Why a case looks like spam."""
    return str(
        {
            "links": _("a link in what the reader wrote"),
            "flood": _("very many reports of one reader"),
            "not_on_page": _("the passage is not on the page"),
            "gibberish": _("words that nobody could say"),
            "learned": _("reads like what editors called spam"),
        }[reason]
    )


def state_word(state: str) -> str:
    """What the page says of the passage."""
    return str(
        {
            "changed": _("mended on the page"),
            "gone": _("not on the page"),
        }[state]
    )


def fetch_word(state: str) -> str:
    """What came of the last look at a page."""
    return str(
        {
            "never": _("The page was not looked at yet"),
            "ok": _("The page was looked at"),
            "gone": _("The page is gone"),
            "refused": _("The page may not be fetched"),
            "unreachable": _("The page cannot be reached"),
            "unreadable": _("What came was not the article"),
        }[state]
    )


def outcome_word(outcome: str) -> str:
    """What the last look at the page saw of the mistake."""
    return str(
        {
            "as_suggested": _("it reads as suggested now"),
            "otherwise": _("it was mended otherwise"),
            "gone": _("the passage is gone"),
            "still_there": _("the mistake is still there"),
            "unknown": _("it could not be told"),
        }[outcome]
    )


def sort_word(sort: str) -> str:
    """An order of the queue."""
    return str(
        {
            "priority": _("most urgent first"),
            "newest": _("newest first"),
            "oldest": _("oldest first"),
            "readers": _("most readers first"),
        }[sort]
    )
