"""The field of the settings page with the rules that send cases to members and channels."""

from collections.abc import Sequence
from typing import Any

import msgspec
from wtforms import Field

from moderation.domain.sites.routes import Route
from moderation.models import Site
from moderation.services.cases.assign import assignable
from moderation.services.notify.site_routes import channels_to_route
from moderation.web.extensions import db_session

_NAMES = ("by", "value", "member", "channel")


class RoutesField(Field):  # type: ignore[misc]
    """A list of rules. Each line of the page sends four values with the name of the field."""

    members: Sequence[tuple[str, str]] = ()
    channels: Sequence[tuple[str, str]] = ()
    """Ids and names to choose from."""

    def offer(self, site: Site) -> None:
        """Offer the members and channels of the site."""
        self.members = [(str(one.id), one.display_name) for one in assignable(db_session(), [site.id])]
        self.channels = [(str(id_), name) for id_, name in channels_to_route(db_session(), site).items()]

    def lines(self) -> list[dict[str, Any]]:
        """Return the rules as the page shows them, with an empty line at the end."""
        rules = [
            route if isinstance(route, dict) else msgspec.to_builtins(route) for route in self.data or ()
        ]
        return [*rules, {}]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep the lines that have a section or an author."""
        size = len(_NAMES)
        lines = [valuelist[at : at + size] for at in range(0, len(valuelist) - size + 1, size)]
        rules = [dict(zip(_NAMES, map(str.strip, line), strict=True)) for line in lines]
        self.data = [{name: text or None for name, text in rule.items()} for rule in rules if rule["value"]]

    def rules(self) -> list[Route]:
        """Return the entered rules."""
        return msgspec.convert(self.data, list[Route])
