"""The queue's active filters, each with a link that removes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.models import Editor
from moderation.services.accounts.access import site_ids
from moderation.services.cases.pairs import a_case_of
from moderation.web.extensions import db_session
from moderation.web.labels.cases import age_label, count_label, lang_label, pair_label
from moderation.web.labels.kinds import kind_label


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter's label, and the values for url_for of the queue without it."""

    label: str
    count: str
    """Cases of the tab that the filter alone finds."""
    without: dict[str, Any]


def chips(
    query: QueueQuery, colleagues: Sequence[Editor], pair_words: str | None, count: Callable[[str], int]
) -> list[Chip]:
    """Return the filters that narrow the queue, except the search and the site. `count` counts one alone."""
    return [
        Chip(label, count_label(count(name)), query.url(**{name: None}))
        for name, label in filter_labels(query, colleagues, pair_words)
    ]


def filter_labels(
    query: QueueQuery, colleagues: Sequence[Editor], pair_words: str | None
) -> list[tuple[str, str]]:
    """Return the active filters except the search and the site: the name of each, and its words."""
    names = {str(editor.id): editor.display_name for editor in colleagues} | {"me": _("Assigned to me")}
    labels: dict[str, Callable[[str], str]] = {
        "kind": kind_label,
        "lang": lang_label,
        "assignee": lambda value: names.get(value, _("Assignee")),
        "suggestion": lambda value: _("Has a correction") if value == "with" else _("No correction"),
        "age": age_label,
        "section": lambda value: value.partition("://")[2] or value,
        "author": str,
        "url": lambda _value: _("One page"),
        "pair": lambda _value: pair_words or _("Same mistake"),
        "reader": lambda _value: _("One reader"),
    }
    return [(name, str(label(query.given[name]))) for name, label in labels.items() if name in query.given]


def pair_words(query: QueueQuery) -> str | None:
    """Return the words of the pair that the queue is narrowed to."""
    if query.filter.pair is None:
        return None
    sites = site_ids(db_session(), signed_in(), query.filter.site)
    case = a_case_of(db_session(), query.filter.pair, sites)
    return pair_label(case.exact, case.replacement or "") if case else None
