"""The queue's filters. The URL holds all of them, so an editor can save and share a queue."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode
from uuid import UUID

from flask_babel import gettext as _

from moderation.domain.cases.lifecycle import STATUSES, Status
from moderation.domain.sites import limits
from moderation.domain.sites.languages import LANGUAGES
from moderation.domain.sites.urls import canonical_url
from moderation.models.report import KINDS
from moderation.services.cases.filter import Filter, Sort
from moderation.web.problems import Problem

SORTS: tuple[Sort, ...] = get_args(Sort)
AGES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
SUGGESTIONS = {"with": True, "without": False}
LANGS = LANGUAGES
_NAMES = (
    "status", "site", "url", "pair", "reader", "section", "author", "kind", "lang", "assignee", "suggestion",
    "age", "q", "sort",
)  # fmt: skip
_NARROWING = tuple(name for name in _NAMES if name not in ("status", "site", "sort"))
_T = TypeVar("_T")
_UNCOUNTED = ("section", "author", "kind", "lang", "assignee", "suggestion", "age")


class QueueQuery:
    """The parsed query of the queue's URL. Raises Problem: 404 for an unknown value.

    With `leaves_out`, a filter with an unknown value is left out instead: right for what is only shown, and
    wrong for a step on all cases of the queue.
    """

    def __init__(self, args: Mapping[str, str], editor_id: UUID, *, leaves_out: bool = False) -> None:
        self._leaves_out = leaves_out
        self.given = {
            name: args[name].strip()[: limits.URL_LENGTH] for name in _NAMES if args.get(name, "").strip()
        }
        self.status: Status = self._one_of("status", STATUSES) or "open"
        self.sort: Sort = self._one_of("sort", SORTS) or "priority"
        age = self._one_of("age", (*AGES, "older"))
        now = datetime.now(UTC)
        self.filter = Filter(
            site=self._read("site", UUID),
            status=self.status,
            url=self._read("url", canonical_url),
            pair=self._read("pair", bytes.fromhex),
            reader=self._read("reader", bytes.fromhex),
            section=self.given.get("section"),
            author=self.given.get("author"),
            kind=self._one_of("kind", KINDS),
            lang=self._one_of("lang", LANGS),
            assignee=editor_id if self.given.get("assignee") == "me" else self._read("assignee", UUID),
            suggestion=SUGGESTIONS.get(self._one_of("suggestion", tuple(SUGGESTIONS)) or ""),
            since=now - AGES[age] if age in AGES else None,
            before=now - AGES["month"] if age == "older" else None,
            q=self.given.get("q", "")[: limits.SEARCH_LENGTH] or None,
            sort=self.sort,
            without_merged=True,
        )

    def _one_of(self, name: str, values: tuple[Any, ...]) -> Any:
        value = self.given.get(name)
        if value is None or value in values:
            return value
        self._leave_out(name)
        return None

    def _read(self, name: str, read: Callable[[str], _T]) -> _T | None:
        """Return what `read` makes of a value. It raises ValueError if the value is not known."""
        if name not in self.given:
            return None
        try:
            return read(self.given[name])
        except ValueError:
            self._leave_out(name)
            return None

    def _leave_out(self, name: str) -> None:
        """Leave out a filter whose value is not known. Raises Problem if nothing may be left out."""
        value = self.given.pop(name)
        if not self._leaves_out:
            raise Problem(404, _("Unknown filter “%(value)s”.", value=value[:40]))

    def any_status(self) -> Filter:
        """Return the same filter for cases in every status."""
        return replace(self.filter, status=None)

    @property
    def is_narrowed(self) -> bool:
        """Return whether a filter other than the status and the site is set."""
        return any(name in self.given for name in _NARROWING)

    @property
    def has_tab_counts(self) -> bool:
        """Return whether the counts on the tabs are of this queue. They follow a few of the filters only."""
        return not any(name in self.given for name in _UNCOUNTED)

    def url(self, **changed: Any) -> dict[str, Any]:
        """Return the values for url_for of this queue with changed parameters. None removes a parameter."""
        return {"status": self.status} | self.given | changed

    def text(self) -> str:
        """Return the query string."""
        return urlencode({"status": self.status} | self.given)

    def shows(self, saved: str) -> bool:
        """Return whether a saved query string shows this queue. One of all sites follows the site switch."""
        everywhere = {name: value for name, value in self.given.items() if name != "site"}
        return saved in (self.text(), urlencode({"status": self.status} | everywhere))
