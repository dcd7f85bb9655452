"""What CONTRIBUTING.md asks of every test."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
MODULES = [path for path in TESTS.rglob("*.py") if path != Path(__file__)]


@pytest.mark.parametrize(
    "habit",
    [
        r"^(?:from|import) tests\.(?:\w+\.)*test_\w+",
        r"pytest\.skip|skipif|importorskip|mark\.skip|xfail",
        r"unittest\.mock|pytest_mock|\bMagicMock\b",
    ],
    ids=["imports another test module", "is skipped", "mocks"],
)
def test_no_test(habit):
    pattern = re.compile(habit, re.MULTILINE)
    assert [str(path) for path in MODULES if pattern.search(path.read_text("utf-8"))] == []
