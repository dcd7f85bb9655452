"""Quality of rechecks: a mistake must be seen as fixed exactly when it is."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.figures import Figures
from benchmarks.typos import Case
from moderation.domain.anchoring.beside import edited_neighbours
from moderation.domain.anchoring.find import PageText
from moderation.domain.anchoring.mending import outcome_on_page
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import read as read_passage


def mending(figures: Figures, name: str, cases: list[Case]) -> None:
    """Check the outcome if the mistake stays, is corrected as suggested or otherwise, or is removed.

    The other mistakes of the page are corrected in all four variants.
    """
    table: Counter[tuple[str, str]] = Counter()
    for case in cases:
        passage = read_passage(case.quote(), case.right)
        if passage.correction is None:
            continue
        kept, suggested = passage.quote, [passage.correction]
        position = case.start + passage.shift
        for truth, text in _versions(case, passage.quote, passage.correction, position):
            table[truth, outcome_on_page(PageText(text), kept, position, suggested).outcome] += 1
    truths = ("still_there", "as_suggested", "otherwise", "gone")
    for truth in truths:
        row = {seen: table[truth, seen] for seen in truths}
        print(
            f"  {name} truth {truth:<13}" + "".join(f"{seen:>14} {count:<5}" for seen, count in row.items())
        )
    right = sum(table[truth, truth] for truth in truths)
    figures.add(f"{name}_mended_state_right", right / max(1, sum(table.values())), ">=0.98")
    closed = sum(table["still_there", seen] for seen in truths if seen != "still_there")
    figures.add(f"{name}_closed_while_still_there", closed, "<=0")


def _versions(case: Case, passage: Quote, correction: str, at: int) -> Iterator[tuple[str, str]]:
    end = at + len(passage.exact)
    before, after = case.text[:at], case.text[end:]
    yield "still_there", case.text
    yield "still_there", "Обновлено. " + before + passage.exact + after + " Ещё один абзац в конце."
    yield "as_suggested", before + correction + after
    yield "otherwise", before + "совсем иначе" + after
    left = max(before.rfind(". ", 0, max(0, at - 70)) + 2, 0)
    right = case.text.find(". ", min(len(case.text), end + 70))
    yield "gone", case.text[:left] + (case.text[right + 2 :] if right >= 0 else "")


def mending_beside(figures: Figures, name: str, cases: list[Case]) -> None:
    """Check that a fix is seen if the reader selected only the word and sent no correction."""
    inside = seen = false = 0
    for case in cases:
        page, quote = PageText(case.after), read_passage(case.quote(), None).quote
        outcome = outcome_on_page(page, quote, case.start, [])
        if outcome.outcome != "still_there":
            inside += 1
        elif outcome.start is not None and outcome.end is not None:
            seen += edited_neighbours(page.text, outcome.start, outcome.end, quote) is not None
        same = PageText(case.text).find(quote, case.start)
        if same is not None:
            false += edited_neighbours(case.text, same.start, same.end, quote) is not None
    total = max(1, len(cases))
    figures.add(f"{name}_mended_seen_without_correction", inside / total)
    figures.add(f"{name}_mended_seen_with_neighbours", (inside + seen) / total)
    figures.add(f"{name}_edited_beside_on_the_same_page", false, "<=0")
