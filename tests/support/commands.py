"""`corrigenda` commands that ended, and what they answered."""

import json
from dataclasses import dataclass
from subprocess import CompletedProcess
from typing import Any


@dataclass
class Done:
    """A command that ended, as subprocess describes it."""

    returncode: int
    stdout: str
    stderr: str


def answer(done: Done | CompletedProcess[str]) -> Any:
    """Return the parsed answer of a command with --json."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
