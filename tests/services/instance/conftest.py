"""An instance with data in most of its tables."""

from datetime import UTC, datetime

import pytest

from moderation.services.instance.demo import seed_demo, seed_owner
from moderation.services.instance.demo_cases import seed_cases

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def demo(session, engine):
    """The demo site with its cases."""
    site = seed_demo(session, BASE)
    seed_owner(session)
    seed_cases(session, engine, site, BASE, datetime.now(UTC))
    return site
