"""Quality of finding passages: on the same page, corrected, years later, and between two revisions."""

import random
import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from benchmarks.figures import Figures, share
from benchmarks.peers.anchors import find_first, find_weighted
from benchmarks.quality.passages import passages
from benchmarks.typos import Case, quote
from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote

Finder = Callable[[str, Quote, int], tuple[int, int] | None]


def _ours(text: str, wanted: Quote, position: int) -> tuple[int, int] | None:
    place = _page(text).find(wanted, position)
    return None if place is None else (place.start, place.end)


@lru_cache(maxsize=400)
def _page(text: str) -> PageText:
    return PageText(text)


def _finders(baselines: bool) -> dict[str, Finder]:
    """Return our finder and the simple ones, by the suffix of their figures' names."""
    plain: dict[str, Finder] = {"_find": find_first, "_weights": find_weighted}
    return {"": _ours} | (plain if baselines else {})


def anchoring(figures: Figures, name: str, cases: list[Case], *, baselines: bool) -> None:
    """Find the mistakes on the original page, on the corrected page, and years later."""
    for suffix, find in _finders(baselines).items():
        same = [find(c.text, c.quote(), c.start) == (c.start, c.end) for c in cases]
        figures.add(f"{name}_unchanged{suffix}", share(same), None if suffix else ">=1.0")
        mended = [
            _near(find(c.after, c.quote(), c.start), c.start, c.start + len(c.right), len(c.right))
            for c in cases
        ]
        figures.add(f"{name}_mended{suffix}", share(mended), None if suffix else ">=0.99")
        later = [
            _near(find(c.later, c.quote(), c.start), c.later_start, c.later_end, len(c.right))
            for c in cases
            if c.later
        ]
        figures.add(f"{name}_years_later{suffix}", share(later), None if suffix else ">=0.99")
    if baselines:
        began = time.perf_counter()
        for case in cases:
            PageText(case.after).find(case.quote(), case.start)
        figures.add(f"{name}_find_ms", (time.perf_counter() - began) / len(cases) * 1000)


def _near(found: tuple[int, int] | None, start: int, end: int, length: int) -> bool:
    """Return whether a span is the corrected passage: it touches it and starts at most a word away."""
    return (
        found is not None
        and found[0] <= end
        and start <= found[1]
        and abs(found[0] - start) <= max(3, length)
    )


def between_revisions(figures: Figures, name: str, cases: list[Case], *, baselines: bool) -> None:
    """Find random passages of a page in its later revision."""
    pages = {case.page: case for case in cases if case.later}
    picked = random.Random(7)
    items = [(case, passage) for case in pages.values() for passage in passages(case, picked)]
    for suffix, find in _finders(baselines).items():
        counts: Counter[tuple[str, str]] = Counter()
        for case, (kind, start, end, truth) in items:
            found = find(case.later or "", quote(case.text, start, end), start)
            counts[kind, _judge(kind, found, truth)] += 1
        total = {
            kind: sum(n for (k, _), n in counts.items() if k == kind) or 1
            for kind in ("kept", "edited", "reworded", "gone")
        }
        own = not suffix
        figures.add(
            f"{name}_edited_right{suffix}",
            counts["edited", "right"] / total["edited"],
            ">=0.998" if own else None,
        )
        figures.add(
            f"{name}_edited_wrong{suffix}",
            counts["edited", "wrong"] / total["edited"],
            "<=0.002" if own else None,
        )
        for outcome in ("right", "wrong"):
            figures.add(f"{name}_reworded_{outcome}{suffix}", counts["reworded", outcome] / total["reworded"])
        figures.add(f"{name}_kept_right{suffix}", counts["kept", "right"] / total["kept"])
        figures.add(
            f"{name}_gone_called_gone{suffix}",
            counts["gone", "right"] / total["gone"],
            ">=0.9" if own else None,
        )


def _judge(kind: str, found: tuple[int, int] | None, truth: tuple[int, int] | None) -> str:
    if kind == "gone":
        return "right" if found is None else "wrong"
    return "missed" if found is None else "right" if found == truth else "wrong"
