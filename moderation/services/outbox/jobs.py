"""The job of each topic. The relay runs it in its transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from moderation.figures import Figures, NoFigures
from moderation.models.outbox import Topic
from moderation.services.cases import bulk
from moderation.services.instance.build import build_id
from moderation.services.outbox.relay import BATCH, Job, Relay
from moderation.services.triage import place, reopened, withdraw
from moderation.tracing import NoTracing, Tracing

JOBS: dict[Topic, Job] = {
    "report.received": place.place,
    "report.withdrawn": withdraw.take_out,
    "case.decided": reopened.catch_up,
    "bulk.asked": bulk.carry_on,
}


def make_relay(
    sessions: sessionmaker[Session],
    clock: Callable[[], datetime],
    *,
    batch: int = BATCH,
    tracing: Tracing | None = None,
    figures: Figures | None = None,
) -> Relay:
    """Make a relay with all jobs."""
    return Relay(
        sessions,
        JOBS,
        clock,
        build=build_id(),
        batch=batch,
        tracing=tracing or NoTracing(),
        figures=figures or NoFigures(),
    )
