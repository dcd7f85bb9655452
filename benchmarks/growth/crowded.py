"""Axes 2 and 3: the reports of one case, and the selections of one page."""

import re
from collections.abc import Callable
from uuid import UUID

from benchmarks.figures import Figures
from benchmarks.growth.databases import BATCH, Instance, instance, send, settle, submission, triage
from benchmarks.growth.turns import in_turns, powers, report
from moderation.services.intake.draft import DraftQuote, Submission

TIMES = 15
_TEXT = " ".join(f"слово{n} стоит здесь рядом с другими" for n in range(3_000))
_PLACES = [found.span() for found in re.finditer(r"слово\d+", _TEXT)]

Maker = Callable[[UUID, int, int], Submission]
"""Makes a report from the site, the size, and a number."""


def measure_case(figures: Figures, env: dict[str, str], size: int) -> None:
    """Add reports to cases that have few and many."""
    with instance(env, "one_case") as made:
        _measure(figures, "case_reports", made, powers(size), _same_passage)


def measure_page(figures: Figures, env: dict[str, str], size: int) -> None:
    """Report new passages of pages that have few and many selections."""
    with instance(env, "one_page") as made:
        _measure(figures, "page_selections", made, powers(size), _next_passage)


def _measure(figures: Figures, name: str, made: Instance, sizes: list[int], maker: Maker) -> None:
    for size in sizes:
        for first in range(0, size, 500):
            some = range(first, min(size, first + 500))
            triage(made.engine, send(made.engine, [maker(made.site, size, number) for number in some]))
    settle(made.engine)
    turns = {size: iter(range(size, size + (TIMES + 1) * BATCH, BATCH)) for size in sizes}

    def once(size: int) -> int:
        first = next(turns[size])
        batch = [maker(made.site, size, number) for number in range(first, first + BATCH)]
        return triage(made.engine, send(made.engine, batch))

    work = {size: (lambda size=size: once(size)) for size in sizes}
    report(figures, name, in_turns(work, TIMES))


def _same_passage(site: UUID, size: int, _number: int) -> Submission:
    url = f"https://news.example/case/{size}"
    return submission(site, url, DraftQuote("расказал", "О новых сроках ", " на встрече"), "рассказал")


def _next_passage(site: UUID, size: int, number: int) -> Submission:
    start, end = _PLACES[number % len(_PLACES)]
    quote = DraftQuote(_TEXT[start:end], _TEXT[max(0, start - 30) : start], _TEXT[end : end + 30])
    return submission(site, f"https://news.example/page/{size}", quote)
