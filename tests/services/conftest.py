import pytest
from aiosmtpd.controller import Controller

from moderation.services.pages.fetch import Fetcher
from tests.support.mailbox import Box
from tests.support.running import free_port
from tests.support.web import NoPauses, serve


@pytest.fixture
def web():
    """A news site that serves what a test puts there."""
    with serve() as site:
        yield site


@pytest.fixture
def fetcher(web):
    """Fetches from that site although it is private, and does not wait for its turn."""
    return Fetcher(private=frozenset({web.host}), turns=NoPauses())


@pytest.fixture
def box():
    """A mail server; its `url` is the setting."""
    handler = Box()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    handler.url = f"smtp://127.0.0.1:{server.port}"
    yield handler
    server.stop()
