"""Settings of a site. Admins change them, the site's row stores them. Every setting has a default."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta, inspect

from moderation.domain.sites.limits import REASON_LENGTH
from moderation.domain.sites.routes import MOST_ROUTES, Route

Word = Annotated[str, Meta(min_length=1, max_length=100)]
Reason = Annotated[str, Meta(min_length=1, max_length=REASON_LENGTH)]
Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]


class SiteSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=False, omit_defaults=True):
    """The settings of one site. Unknown names come from other versions and are ignored."""

    ground_rules: Annotated[str, Meta(max_length=500)] = ""
    """Notes that readers see before they report, such as "we write in British spelling"."""
    known_passages: bool = False
    """If true, the widget tells a reader that a mistake was reported already."""
    two_factor_required: bool = False
    """If true, everybody with access to the site must use two-factor authentication."""
    public_corrections: bool = False
    """If true, anybody can read the site's latest corrections as a page and as feeds."""
    fix_mail: bool = False
    """If true, readers can leave an address for one mail when their mistake is fixed."""
    proof_of_work: bool = False
    """If true, a report needs a solved challenge."""
    blocked_words: list[Word] = []
    """A report is refused if its correction or comment has one of these words. Letter case does not count."""
    blocked_readers: list[Hex] = []
    """Reader hashes, in hex. A reader's hash changes every day."""
    suggestion_threshold: Annotated[float, Meta(ge=0, le=1)] = 0.9
    """Suggestions of the speller with less confidence are not shown."""
    spam_threshold: Annotated[float, Meta(ge=0, le=1)] = 0.8
    """A case with at least this spam score opens in the spam list."""
    insisting_readers: Annotated[int, Meta(ge=1, le=1000)] = 3
    """Number of new readers that reopens a case with the status rejected or spam."""
    word_list: list[Word] = []
    """Names and words of the house style. The speller accepts them."""
    reject_reasons: list[Reason] = []
    """Common reasons for rejecting a report. Readers see them."""
    routes: Annotated[list[Route], Meta(max_length=MOST_ROUTES)] = []
    """Rules that send cases to a member or a channel. The first that fits a page counts."""
    cms_link: Annotated[str, Meta(max_length=500, pattern=r"^(https?://\S+)?$")] = ""
    """Template of the edit link: `{url}` (percent-encoded), `{path}`, `{last}` (the last path segment)."""
    keep_days: Annotated[int, Meta(ge=0, le=3650)] = 0
    """Days after which closed cases and their reports are deleted; 0: never."""
    fetch_pause: Annotated[float, Meta(ge=0.1, le=60)] = 1.0
    """Seconds between two requests to a host of the site, when the worker fetches pages."""
    article_root: Annotated[str, Meta(max_length=200)] = ""
    """Where a page's article is: a tag, `.class` or `#id`, as `data-root` tells the widget; empty: the first
    article or main."""


MOST_ENTRIES: Mapping[str, int] = {
    "blocked_words": 2_000,
    "blocked_readers": 5_000,
    "word_list": 20_000,
    "reject_reasons": 100,
}
"""Entries of lists that each report or case is compared with. Only changes are checked: stored lists stay."""


def has_too_many(name: str, value: object) -> bool:
    """Return whether a setting is a list with more entries than it may have."""
    return isinstance(value, list) and len(value) > MOST_ENTRIES.get(name, len(value))


def invalid_settings(values: Mapping[str, object]) -> list[str]:
    """Return the names of the settings whose values are not allowed."""
    return [name for name, value in values.items() if not _is_allowed(name, value)]


def _is_allowed(name: str, value: object) -> bool:
    try:
        msgspec.convert({name: value}, SiteSettings)
    except msgspec.ValidationError:
        return False
    return not has_too_many(name, value)


def value_range(name: str) -> tuple[float, float]:
    """Return the smallest and the largest value of a setting that is a number."""
    kind = _kind(name)
    return kind.ge, kind.le


def longest(name: str) -> int:
    """Return the largest length of a setting that is a text."""
    length: int = _kind(name).max_length
    return length


def _kind(name: str) -> Any:
    struct: Any = inspect.type_info(SiteSettings)
    return next(field.type for field in struct.fields if field.name == name)
