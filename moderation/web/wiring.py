"""What the web application holds beside Flask's own extensions, made once by create_app()."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from redis import Redis

from moderation.services.intake.group_commit import GroupCommit
from moderation.services.intake.store import KeyReused, Submission
from moderation.services.sites.directory import SiteDirectory
from moderation.settings import Settings


@dataclass(frozen=True, slots=True)
class Wiring:
    """The parts, ready to use."""

    settings: Settings
    sites: SiteDirectory
    redis: Redis
    intake: GroupCommit[Submission, UUID | KeyReused]


def wiring() -> Wiring:
    """The current application's parts."""
    parts: Wiring = current_app.extensions["corrigenda"]
    return parts
