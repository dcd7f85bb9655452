"""Fixtures: a real PostgreSQL and a real Redis for the whole run, empty for every test."""

import gc
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from redis import Redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker
from xdist.remote import Producer

from moderation import create_app
from moderation.broker import make_redis
from moderation.database import make_engine, make_sessions
from moderation.services.accounts import editors
from moderation.services.instance.migrate import upgrade
from moderation.settings import Settings
from moderation.standalone.stack import Stack, open_stack
from moderation.web import deadline
from tests.factories import CaseFactory, EditorFactory, SiteFactory, bind
from tests.support.databases import empty, forgo_durability
from tests.support.nudges import await_nudges
from tests.support.passwords import CHEAP
from tests.support.schedule import Schedule, rank
from tests.support.typos import Typo, make_typos

# The time of a test says something about the machine: no test fails by it.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


def pytest_sessionstart() -> None:
    """Collect no garbage while all tests are imported: nothing of that becomes garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look no more at what is loaded by now. Otherwise a tenth of the CPU time goes into this."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run slow files first."""
    items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Schedule:
    """Share the tests out as tests/support/schedule.py says."""
    return Schedule(config, log)


@pytest.fixture(scope="session")
def workspace() -> Iterator[Path]:
    """A directory that the servers' system user can reach. The directories of pytest are private."""
    path = Path(tempfile.mkdtemp(prefix="corrigenda-tests-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def stack(workspace: Path) -> Iterator[Stack]:
    """The servers that in-process tests use."""
    with open_stack(workspace / "in-process", with_redis=True) as opened:
        if opened.postgres is not None:
            forgo_durability(opened.postgres.url)
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editors, "hasher", CHEAP)
        yield


@pytest.fixture(scope="session", autouse=True)
def _patient_requests() -> Iterator[None]:
    """A busy machine must not fail a test whose request waits for the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deadline, "REQUEST_SECONDS", 60.0)
        yield


@pytest.fixture(scope="session")
def settings(stack: Stack) -> Settings:
    """Settings for these servers, without limits."""
    return Settings.from_env({**stack.env, "CORRIGENDA_READER_LIMIT": "", "CORRIGENDA_SITE_LIMIT": ""})


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[Engine]:
    """The migrated database."""
    made = make_engine(settings)
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions on the migrated database."""
    return make_sessions(engine)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session on an empty database."""
    with sessions() as opened:
        empty(opened)
        bind(opened)
        yield opened


@pytest.fixture
def redis(settings: Settings) -> Redis:
    """An empty Redis."""
    client = make_redis(settings)
    client.flushdb()
    return client


@pytest.fixture(scope="session")
def shared_app(settings: Settings, engine: Engine) -> Flask:
    """The web application. It is made once, because its start is slow."""
    return create_app(settings)


@pytest.fixture
def app(shared_app: Flask, session: Session, redis: Redis) -> Iterator[Flask]:
    """The web application on an empty database and an empty Redis."""
    shared_app.extensions["corrigenda"].sites.forget()
    yield shared_app
    await_nudges()  # they must not reach the next test's Redis


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that calls the application."""
    return app.test_client()


@pytest.fixture(scope="session")
def russian_typos() -> list[Typo]:
    """Typos in our own Russian articles."""
    return make_typos("ru")


@pytest.fixture(scope="session")
def english_typos() -> list[Typo]:
    """Typos in our own English articles."""
    return make_typos("en")


@pytest.fixture
def site(session):
    """A site."""
    return SiteFactory()


@pytest.fixture
def case(site):
    """An open case of the site."""
    return CaseFactory(site=site)


@pytest.fixture
def editor(site):
    """An editor of the site."""
    return EditorFactory(role="editor", role__site=site)
