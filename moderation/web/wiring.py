"""Parts of the web application that are not Flask extensions. create_app() makes them once."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from redis import Redis
from sqlalchemy.orm import Session

from moderation.services.intake.accept import Intake
from moderation.services.intake.report_limits import ReportLimits
from moderation.services.intake.single_use import SingleUse
from moderation.services.sites.directory import SiteDirectory
from moderation.services.sites.widget_health import WidgetHealth
from moderation.settings import Settings


@dataclass(frozen=True, slots=True)
class Wiring:
    """The parts, ready to use."""

    settings: Settings
    sessions: Callable[[], Session]
    """Make sessions that no request shares."""
    sites: SiteDirectory
    redis: Redis
    single_use: SingleUse
    intake: Intake
    widget_health: WidgetHealth
    limits: ReportLimits


def wiring() -> Wiring:
    """Return the parts of the current application."""
    parts: Wiring = current_app.extensions["corrigenda"]
    return parts
