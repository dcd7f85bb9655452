"""Quality of grouping: separate reports of one mistake from reports of its neighbours."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from benchmarks.figures import Figures
from benchmarks.typos import Case, quote
from moderation.domain.cases.grouping import Selection, group
from moderation.domain.text.fragments import Span
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import read as read_passage
from moderation.domain.text.whole_words import whole_words


def grouping(figures: Figures, name: str, cases: list[Case]) -> None:
    """Compute precision and recall of grouping over pairs of reports."""
    pages: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        pages[case.page].append(case)
    plain, dense = [], []
    for on_page in pages.values():
        text = on_page[0].text
        spans = [(case.start, case.end, case.right) for case in on_page if case.text == text]
        plain.append((text, _apart(text, spans)))
        dense += list(_dense(on_page))
    for label, made, targets in (
        ("", plain, (">=0.999", ">=0.995")),
        ("_dense", dense, (">=0.99", ">=0.95")),
    ):
        precision, recall = _pairs(made)
        figures.add(f"{name}_grouping{label}_precision", precision, targets[0])
        figures.add(f"{name}_grouping{label}_recall", recall, targets[1])


Mistake = tuple[int, int, str]


def _apart(text: str, mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Return mistakes whose words do not touch: touching words are one passage for a reader."""
    kept: list[Mistake] = []
    for mistake in sorted(set(mistakes)):
        start = whole_words(text, mistake[0], mistake[1])[0]
        if not kept or start > whole_words(text, kept[-1][0], kept[-1][1])[1]:
            kept.append(mistake)
    return kept


def _dense(on_page: list[Case]) -> Iterator[tuple[str, list[Mistake]]]:
    """Plant three mistakes in each sentence with a mistake: neighbouring words lose a letter."""
    picked = random.Random(on_page[0].page)
    for case in on_page[:5]:
        words = [
            m
            for m in re.finditer(r"[^\W\d_]{5,}", case.text)
            if case.start - 120 < m.start() < case.end + 120
        ]
        words = [m for m in words if m.end() < case.start - 2 or m.start() > case.end + 2]
        if len(words) < 2:
            continue
        planted = sorted(picked.sample(words, 2), key=lambda m: m.start())
        edits = [(case.start, case.end, case.wrong, case.right)]
        edits += [(m.start(), m.end(), m[0][:2] + m[0][3:], m[0]) for m in planted]
        text, at, mistakes = "", 0, []
        for start, end, wrong, right in sorted(edits):
            text += case.text[at:start]
            mistakes.append((len(text), len(text) + len(wrong), right))
            text, at = text + wrong, end
        yield text + case.text[at:], mistakes


def _selections(text: str, mistake: Mistake) -> Iterator[tuple[Quote, int, str | None]]:
    """Yield selections of five readers: letter, word, neighbours, fragment, sentence. Three correct it."""
    start, end, right = mistake
    word = whole_words(text, start, end)
    letter = (start, max(start + 1, min(end, start + 2)))
    wider = whole_words(text, max(0, word[0] - 2), min(len(text), word[1] + 2))
    longer = whole_words(text, max(0, word[0] - 20), min(len(text), word[1] + 20))
    sentence = (
        max(text.rfind(". ", 0, word[0]) + 2, word[0] - 400),
        min(text.find(". ", word[1]) % (len(text) + 1), word[1] + 400),
    )
    for index, wide in enumerate((letter, word, wider, longer, sentence)):
        left, stop = max(0, min(wide[0], start)), min(len(text), max(wide[1], end))
        corrected = text[left:start] + right + text[end:stop] if index >= 2 else None
        yield quote(text, left, stop), left, corrected


def _pairs(pages: list[tuple[str, list[Mistake]]]) -> tuple[float, float]:
    together = right = wanted = 0
    for text, mistakes in pages:
        selections, owners = [], []
        for number, mistake in enumerate(mistakes):
            for wanted_quote, at, corrected in _selections(text, mistake):
                passage = read_passage(wanted_quote, corrected)
                start = at + passage.shift
                span = Span(0, start, start + len(passage.quote.exact))
                selections.append(Selection(span, passage.correction is not None))
                owners.append(number)
        order = list(range(len(selections)))
        random.Random(len(text)).shuffle(order)
        numbers = dict(zip(order, group([selections[index] for index in order]), strict=True))
        for a in range(len(selections)):
            for b in range(a):
                joined, same = numbers[a] == numbers[b], owners[a] == owners[b]
                together += joined
                wanted += same
                right += joined and same
    return right / max(1, together), right / max(1, wanted)
