"""A figure's plainest form."""

from collections.abc import Sequence


def share(values: Sequence[bool]) -> float:
    """How much of them is true."""
    return sum(values) / max(1, len(values))
