"""Measure at several sizes in turn, and compare the largest with the smallest."""

import time
from collections.abc import Callable, Mapping
from statistics import median

from benchmarks.figures import Figures

TARGET = 1.3

Measured = Callable[[], int]
"""Does the work once, and returns the number of things that it was done for."""


def in_turns(work: Mapping[int, Measured], times: int) -> dict[int, float]:
    """Return the median time of one thing in ms, by size. Sizes take turns; the first round is left out."""
    taken: dict[int, list[float]] = {size: [] for size in work}
    for turn in range(times + 1):
        for size, once in work.items():
            began = time.perf_counter()
            count = once()
            if turn:
                taken[size].append((time.perf_counter() - began) * 1000 / count)
    return {size: median(times) for size, times in taken.items()}


def powers(largest: int, smallest: int = 1) -> list[int]:
    """Return the sizes from the smallest to the largest, each ten times the one before."""
    sizes = [smallest]
    while sizes[-1] * 10 <= largest:
        sizes.append(sizes[-1] * 10)
    return sizes if sizes[-1] == largest else [*sizes, largest]


def report(
    figures: Figures, name: str, by_size: Mapping[int, float], *, unit: str = "ms", reason: str = ""
) -> None:
    """Add the figure of each size, and the ratio of the largest to the smallest.

    `reason` says why a ratio above the target is accepted.
    """
    for size, value in by_size.items():
        figures.add(f"{name}_{unit}_at_{size}", value)
    ratio = by_size[max(by_size)] / by_size[min(by_size)]
    figures.add(f"{name}_{unit}_ratio", ratio, f"<={TARGET}", reason)
