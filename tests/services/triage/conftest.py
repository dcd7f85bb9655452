import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import sessionmaker

from moderation.database import ENGINE_OPTIONS
from tests.factories import NOON
from tests.support.history.world import World


@pytest.fixture
def history(sessions, session, web, fetcher):
    """A site with two pages that show the same article."""
    return World.make(sessions, web, fetcher, NOON, words=0)


@pytest.fixture
def fast_sessions(settings, session):
    """Sessions on the empty database, which wait for no disk. Deadlocks are listed in `info`."""
    options = ENGINE_OPTIONS["connect_args"]["options"] + " -c synchronous_commit=off"
    engine = create_engine(settings.sqlalchemy_url, **ENGINE_OPTIONS | {"connect_args": {"options": options}})
    deadlocks = []

    @event.listens_for(engine, "handle_error")
    def keep(context):
        if getattr(context.original_exception, "sqlstate", None) == "40P01":
            deadlocks.append(str(context.original_exception))

    yield sessionmaker(engine, expire_on_commit=False, info={"deadlocks": deadlocks})
    engine.dispose()
