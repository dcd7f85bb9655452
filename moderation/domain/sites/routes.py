"""Rules that send the cases of a page to a member or a channel, and the definition of a section."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.sites.limits import URL_LENGTH

By = Literal["section", "author"]
MOST_ROUTES = 100
_SCHEMES = ("http://", "https://")


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule. It needs a member, a channel, or both."""

    by: By
    value: Annotated[str, Meta(min_length=1, max_length=URL_LENGTH)]
    """An author's name; or a section: its name, or the beginning of page URLs."""
    member: UUID | None = None
    """The editor who becomes the assignee."""
    channel: UUID | None = None
    """The channel that hears of the cases."""


def is_url_prefix(section: str) -> bool:
    """Return whether a section is given as the beginning of page URLs, and not by its name."""
    return section.lower().startswith(_SCHEMES)


def in_section(wanted: str, section: str | None, url: str) -> bool:
    """Return whether a page is in the wanted section. An empty one has all pages.

    `section` is the name that the page states.
    """
    if not wanted or is_url_prefix(wanted):
        return url.startswith(wanted)
    return section is not None and section.casefold() == wanted.casefold()


def in_sections(wanted: Iterable[str], section: str | None, url: str) -> bool:
    """Return whether a page is in one of the wanted sections. None but empty ones has all pages."""
    named = [one.strip() for one in wanted if one.strip()]
    return not named or any(in_section(one, section, url) for one in named)


def first_route(
    routes: Sequence[Route], *, section: str | None, authors: Sequence[str], url: str
) -> Route | None:
    """Return the first rule that fits a page. Letter case of names does not count."""
    names = {author.casefold() for author in authors}
    for route in routes:
        by_author = route.by == "author" and route.value.casefold() in names
        if by_author or (route.by == "section" and in_section(route.value, section, url)):
            return route
    return None
