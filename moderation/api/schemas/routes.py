"""Schemas of the rules that send cases to members and channels."""

from typing import Annotated

import msgspec
from msgspec import Meta

from moderation.domain.sites.routes import MOST_ROUTES, Route


class RouteList(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The rules of a site, in their order: the first that fits a page counts."""

    items: Annotated[list[Route], Meta(max_length=MOST_ROUTES)]
