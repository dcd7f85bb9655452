"""How well triage finds, groups, suggests and sees mended, on real typos, each language by itself.

The variations: random passages between two revisions, whose true place an alignment of the whole pages
says; five kinds of selection for every mistake; dense pages, made by planting slips beside a page's mistakes.
Figures come for all pages and for each half of them (`_a`, `_b`), so that a lucky fit shows.
"""

import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from benchmarks.figures import Figures
from benchmarks.peers.anchors import find_first, find_weighted
from benchmarks.typos import Case, quote, read
from moderation.domain.anchoring import PageText
from moderation.domain.fragments import Span
from moderation.domain.grouping import Selection, group
from moderation.domain.mending import look
from moderation.domain.passage import read as read_passage
from moderation.domain.spelling.suggest import Speller
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.text import Quote, normalise, whole_words
from moderation.services.dictionaries import lexicon

LANGUAGES = ("ru", "en")
THRESHOLD = 0.9
Finder = Callable[[str, Quote, int], tuple[int, int] | None]


def main() -> None:
    """Print every figure."""
    figures = Figures("quality", ("rapidfuzz", "pymorphy3", "spylls", "wordfreq"))
    for lang in LANGUAGES:
        cases = list(read(lang))
        for half, chosen in (("", cases), ("_a", _half(cases, "a")), ("_b", _half(cases, "b"))):
            _anchoring(figures, f"{lang}{half}", chosen, baselines=not half)
            _between_revisions(figures, f"{lang}{half}", chosen, baselines=not half)
            _grouping(figures, f"{lang}{half}", chosen)
            _suggestions(figures, f"{lang}{half}", chosen)
            _mending(figures, f"{lang}{half}", chosen)
    figures.add("process_peak_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    figures.write()


def _half(cases: list[Case], half: str) -> list[Case]:
    return [case for case in cases if case.half == half]


# Finding again -------------------------------------------------------------------------------------------


def _ours(text: str, wanted: Quote, position: int) -> tuple[int, int] | None:
    place = _page(text).find(wanted, position)
    return None if place is None else (place.start, place.end)


_pages: dict[str, PageText] = {}


def _page(text: str) -> PageText:
    if text not in _pages:
        if len(_pages) > 400:
            _pages.clear()
        _pages[text] = PageText(text)
    return _pages[text]


FINDERS: dict[str, Finder] = {"find": find_first, "weights": find_weighted}


def _anchoring(figures: Figures, name: str, cases: list[Case], *, baselines: bool) -> None:
    finders = {"": _ours} | ({f"_{key}": finder for key, finder in FINDERS.items()} if baselines else {})
    for suffix, find in finders.items():
        same = [find(c.text, c.quote(), c.start) == (c.start, c.end) for c in cases]
        figures.add(f"{name}_unchanged{suffix}", _share(same), None if suffix else ">=1.0")
        mended = [
            _near(find(c.after, c.quote(), c.start), c.start, c.start + len(c.right), len(c.right))
            for c in cases
        ]
        figures.add(f"{name}_mended{suffix}", _share(mended), None if suffix else ">=0.99")
        later = [
            _near(find(c.later, c.quote(), c.start), c.later_start, c.later_end, len(c.right))
            for c in cases
            if c.later
        ]
        figures.add(f"{name}_years_later{suffix}", _share(later), None if suffix else ">=0.99")
    if baselines:
        began = time.perf_counter()
        for case in cases:
            PageText(case.after).find(case.quote(), case.start)
        figures.add(f"{name}_find_ms", (time.perf_counter() - began) / len(cases) * 1000)


def _near(found: tuple[int, int] | None, start: int, end: int, length: int) -> bool:
    """Whether a place is the mended passage's: it touches it, and starts where it does or a word away."""
    return (
        found is not None
        and found[0] <= end
        and start <= found[1]
        and abs(found[0] - start) <= max(3, length)
    )


def _between_revisions(figures: Figures, name: str, cases: list[Case], *, baselines: bool) -> None:
    """Random passages of a page, looked for years later."""
    pages = {case.page: case for case in cases if case.later}
    picked = random.Random(7)
    items = [(case, passage) for case in pages.values() for passage in _passages(case, picked)]
    finders = {"": _ours} | ({f"_{key}": finder for key, finder in FINDERS.items()} if baselines else {})
    for suffix, find in finders.items():
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


def _passages(case: Case, picked: random.Random) -> Iterator[tuple[str, int, int, tuple[int, int] | None]]:
    """Kind, span, and true place.

    `kept`: unchanged, as all that is less than a context away. `edited`: at most half of that is another.
    `reworded`: more of it, so that the alignment may join words that only look alike. `gone`: of a paragraph
    that is less than half there.
    """
    later = case.later or ""
    tokens, later_tokens = _tokens(case.text), _tokens(later)
    to = _alignment(tokens, later_tokens)
    for _ in range(1000):
        length = picked.randint(1, 5)
        first = picked.randrange(max(1, len(tokens) - length))
        last = min(len(tokens), first + length) - 1
        mapped = [to.get(index) for index in range(first, last + 1)]
        if mapped[0] is None or mapped != list(range(mapped[0], mapped[0] + len(mapped))):
            continue
        start, end = tokens[first][1], tokens[last][2]
        near = [
            index
            for index, (_, left, right) in enumerate(tokens)
            if start - 64 <= left and right <= end + 64 and not first <= index <= last
        ]
        truth = later_tokens[mapped[0]][1], later_tokens[mapped[0] + len(mapped) - 1][2]
        changed = sum(index not in to for index in near) / max(1, len(near))
        yield ("kept" if not changed else "edited" if changed <= 0.5 else "reworded"), start, end, truth
    for start, end in _rewritten(case):
        words = [match.span() for match in re.finditer(r"\w+", case.text[start:end])]
        for _ in range(min(12, len(words))):
            at = picked.randrange(len(words))
            stop = min(len(words) - 1, at + picked.randint(0, 3))
            yield "gone", start + words[at][0], start + words[stop][1], None


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(match[0], *match.span()) for match in re.finditer(r"\w+|[^\w\s]", text)]


def _alignment(a: Sequence[tuple[str, int, int]], b: Sequence[tuple[str, int, int]]) -> dict[int, int]:
    opcodes = Levenshtein.opcodes([token[0] for token in a], [token[0] for token in b])
    return {
        op.src_start + at: op.dest_start + at
        for op in opcodes
        if op.tag == "equal"
        for at in range(op.src_end - op.src_start)
    }


def _rewritten(case: Case) -> Iterator[tuple[int, int]]:
    blocks = [block for block in (case.raw_later or "").split("\n") if block]
    for block in case.raw.split("\n"):
        if len(block) <= 40:
            continue
        best = process.extractOne(block, blocks, scorer=fuzz.partial_ratio)
        text = normalise(block).strip()
        at = case.text.find(text)
        if best is not None and best[1] < 55 and at >= 0:
            yield at, at + len(text)


# Grouping ------------------------------------------------------------------------------------------------


def _grouping(figures: Figures, name: str, cases: list[Case]) -> None:
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
    """Mistakes whose words do not touch: what touches is one passage to any reader."""
    kept: list[Mistake] = []
    for mistake in sorted(set(mistakes)):
        start = whole_words(text, mistake[0], mistake[1])[0]
        if not kept or start > whole_words(text, kept[-1][0], kept[-1][1])[1]:
            kept.append(mistake)
    return kept


def _dense(on_page: list[Case]) -> Iterator[tuple[str, list[Mistake]]]:
    """Three slips in each of a page's sentences with a mistake: neighbouring words lose a letter."""
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
    """Five readers: a letter, the word, its neighbours, a fragment, the sentence; three correct it."""
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


# Suggestions ---------------------------------------------------------------------------------------------


def _suggestions(figures: Figures, name: str, cases: list[Case]) -> None:
    speller = Speller(lexicon)
    spelling = [case for case in cases if case.kind == "spelling"]
    rows, taken = [], []
    for case in spelling:
        passage = read_passage(case.quote(), None).quote
        vocabulary = Vocabulary(case.text)
        began = time.perf_counter()
        guesses = speller.suggest(passage, vocabulary)
        taken.append((time.perf_counter() - began) * 1000)
        mended = case.quote().prefix + case.right + case.quote().suffix
        hits = [_reads(passage, guess.word, mended) for guess in guesses]
        rows.append((guesses[0].confidence if guesses else 0.0, hits, _is_unknown(case)))
    total = len(rows) or 1
    unknown = [row for row in rows if row[2]]
    goal = ">=0.7" if name.startswith("ru") else ">=0.85"
    figures.add(
        f"{name}_top1_unknown_words", _share([bool(hits) and hits[0] for _, hits, _ in unknown]), goal
    )
    figures.add(f"{name}_top1_all", sum(bool(hits) and hits[0] for _, hits, _ in rows) / total)
    figures.add(f"{name}_top3_all", sum(any(hits) for _, hits, _ in rows) / total)
    for threshold in (0.5, 0.7, 0.8, THRESHOLD, 0.95):
        shown = [hits[0] for confidence, hits, _ in rows if hits and confidence >= threshold]
        default = threshold == THRESHOLD
        figures.add(f"{name}_precision_at_{threshold}", _share(shown), ">=0.9" if default else None)
        figures.add(f"{name}_coverage_at_{threshold}", len(shown) / total, ">=0.2" if default else None)
    figures.add(f"{name}_suggest_ms_median", median(taken) if taken else 0.0, "<=5")


def _is_unknown(case: Case) -> bool:
    words = re.findall(r"[^\W\d_]+", case.wrong)
    own = lexicon("ru" if re.search("[а-яё]", case.wrong, re.IGNORECASE) else "en")
    plain = len(words) == 1 and words[0] == case.wrong and not re.search("[a-zа-яё][A-ZА-ЯЁ]", case.wrong)
    return plain and len(case.wrong) > 1 and not own.knows(case.wrong.lower())


def _reads(passage: Quote, text: str, mended: str) -> bool:
    return mended[10:-10] in passage.prefix + text + passage.suffix


# Seeing mended -------------------------------------------------------------------------------------------


def _mending(figures: Figures, name: str, cases: list[Case]) -> None:
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


def _share(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


if __name__ == "__main__":
    main()
