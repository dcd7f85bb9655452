"""Stacks that `corrigenda run` starts, for tests of what an operator sees."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.running import Running

Start = Callable[..., Running]


@pytest.fixture
def data_dir(workspace: Path, request: pytest.FixtureRequest) -> Path:
    """A fresh data directory, whose path is long enough to hurt a socket's name."""
    name: str = request.node.name
    return workspace / name.replace("[", "-").replace("]", "")


@pytest.fixture
def started(data_dir: Path) -> Iterator[Start]:
    """Starts stacks, and stops those that a test left running."""
    stacks: list[Running] = []

    def start(*options: str, port: int | None = None, **env: Any) -> Running:
        stacks.append(Running(data_dir, *options, port=port, **env))
        return stacks[-1]

    yield start
    for stack in stacks:
        stack.stop()
