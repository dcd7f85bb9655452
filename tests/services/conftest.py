import pytest

from moderation.services.pages.fetch import Fetcher
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
