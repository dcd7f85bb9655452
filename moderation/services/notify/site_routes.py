"""Check and store the rules of a site that send cases to members and channels."""

from collections.abc import Container, Mapping, Sequence
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from moderation.domain.accounts.names import is_one_line
from moderation.domain.sites.limits import CREDIT_LENGTH
from moderation.domain.sites.routes import Route, is_url_prefix
from moderation.models import Editor, Site
from moderation.services.cases.assign import assignable
from moderation.services.notify.subscribers import subscribers_of
from moderation.services.notify.webhook import KIND as WEBHOOK
from moderation.services.sites.add import change_site

Reason = Literal["empty", "not_one_line", "too_long", "no_target", "member", "channel"]
_WHY: Mapping[Reason, str] = {
    "empty": "a rule needs a section or an author",
    "not_one_line": "a name has no line breaks and no control characters",
    "too_long": f"a name has at most {CREDIT_LENGTH} characters",
    "no_target": "a rule needs a member or a channel",
    "member": "this member decides no cases of the site: choose an editor of the site",
    "channel": "the site has no such channel: add it under Integrations",
}


class InvalidRoute(ValueError):
    """A rule cannot work. The text says why."""

    def __init__(self, index: int, reason: Reason) -> None:
        super().__init__(_WHY[reason])
        self.index = index
        """The position of the rule in the list, from 0."""
        self.reason = reason


def save_routes(session: Session, editor: Editor, site: Site, routes: Sequence[Route]) -> list[Route]:
    """Replace the rules of a site. Raises InvalidRoute."""
    check_routes(session, site, routes)
    return change_site(session, editor, site, routes=[msgspec.to_builtins(route) for route in routes]).routes


def check_routes(session: Session, site: Site, routes: Sequence[Route]) -> None:
    """Raise InvalidRoute for the first rule that cannot work."""
    members = {member.id for member in assignable(session, [site.id])}
    channels = channels_to_route(session, site)
    for index, route in enumerate(routes):
        reason = _reason(route, members, channels)
        if reason is not None:
            raise InvalidRoute(index, reason)


def _reason(route: Route, members: Container[UUID], channels: Container[UUID]) -> Reason | None:
    """Return why a rule cannot work, or None."""
    is_name = route.by == "author" or not is_url_prefix(route.value)
    wrong: Mapping[Reason, bool] = {
        "empty": not route.value.strip(),
        "not_one_line": not is_one_line(route.value),
        "too_long": is_name and len(route.value) > CREDIT_LENGTH,
        "no_target": route.member is None and route.channel is None,
        "member": route.member is not None and route.member not in members,
        "channel": route.channel is not None and route.channel not in channels,
    }
    return next((reason for reason, is_wrong in wrong.items() if is_wrong), None)


def channels_to_route(session: Session, site: Site) -> dict[UUID, str]:
    """Return the names of the channels that a rule can name."""
    return {found.id: found.name for found in subscribers_of(session, site) if found.kind != WEBHOOK}
