"""Foreign servers, for real: `make test-integrations` runs these tests, `make test` leaves them out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from moderation.integrations.cms.wordpress import WordPress
from moderation.services.apply.send import Sender
from tests.support.chromium import QUIET, executable
from tests.support.wordpress import USER, WordPressSite

# Nobody waits that long but on a busy machine: each expectation ends as soon as it holds.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium."""
    return {"executable_path": executable(), "args": list(QUIET)}


@pytest.fixture(scope="session")
def wordpress(workspace: Path) -> Iterator[WordPressSite]:
    """A real WordPress for the whole run."""
    site = WordPressSite(workspace / "wordpress")
    try:
        yield site.start()
    finally:
        site.stop()


@pytest.fixture
def cms(wordpress: WordPressSite) -> WordPress:
    """The adapter, signed in to it as an editor."""
    return WordPress(wordpress.url, USER, wordpress.password, Sender(frozenset({wordpress.host})))
