"""How tests are shared out to the workers of `make test`."""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/browser/reader": "reader",
    "tests/browser/test_pages.py": "reader",
    "tests/browser": "desk",
}
"""Tests that share one started stack: one worker takes all of a unit. The two units take equally long."""

SLOWEST_FIRST = (
    "tests/services/triage/test_histories.py",
    "tests/browser",
    "tests/test_clone.py",
    "tests/standalone",
    "tests/faults",
    "tests/rights",
    "tests/contract",
    "tests/cli",
)
"""By measured time, so that all workers end at about the same time. What is not named comes last."""


class Schedule(LoadScopeScheduling):  # type: ignore[misc] # xdist carries no types
    """One file at a time for each worker, and one worker for all tests that share a stack."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the unit that the test belongs to. This is xdist's documented place to change it."""
        units = (unit for place, unit in TOGETHER.items() if nodeid.startswith(place))
        return next(units, nodeid.partition("::")[0])


def rank(nodeid: str) -> int:
    """Return the place of a test in the order of SLOWEST_FIRST."""
    return next((at for at, name in enumerate(SLOWEST_FIRST) if nodeid.startswith(name)), len(SLOWEST_FIRST))
