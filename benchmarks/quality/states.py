"""Whether a mistake is seen mended when it is, and only then."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.figures import Figures
from benchmarks.typos import Case
from moderation.domain.anchoring.find import PageText
from moderation.domain.anchoring.mending import look
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import read as read_passage


def mending(figures: Figures, name: str, cases: list[Case]) -> None:
    """What `look` says of a page on which the mistake is still there, is mended as suggested or otherwise, or
    whose sentence is gone; with the other mistakes of the page mended in all of them."""
    table: Counter[tuple[str, str]] = Counter()
    for case in cases:
        passage = read_passage(case.quote(), case.right)
        if passage.correction is None:
            continue
        kept, suggested = passage.quote, [passage.correction]
        position = case.start + passage.shift
        for truth, text in _versions(case, passage.quote, passage.correction, position):
            table[truth, look(PageText(text), kept, position, suggested).outcome] += 1
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
