"""Which subscribers are served next, so that no site keeps the others waiting."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID


def choose(
    due: Sequence[tuple[UUID, UUID]], busy: Counter[UUID], most: int, per_site: int
) -> list[tuple[UUID, UUID]]:
    """Choose the next subscribers of those that are due, each with its site.

    The sites with fewest threads come first; none gets more than `per_site`. `busy`: the sites' threads now.
    """
    threads, left = Counter(busy), list(due)
    chosen: list[tuple[UUID, UUID]] = []
    while left and len(chosen) < most:
        following = min(left, key=lambda each: threads[each[1]])
        if threads[following[1]] >= per_site:
            break
        threads[following[1]] += 1
        left.remove(following)
        chosen.append(following)
    return chosen
