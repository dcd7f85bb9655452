"""Quality of the speller: how often it suggests, and how often it is right."""

import re
import time
from dataclasses import dataclass
from statistics import median

from benchmarks.figures import Figures, share
from benchmarks.typos import Case
from moderation.domain.spelling.suggest import Speller
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import read as read_passage
from moderation.services.triage.dictionaries import lexicon

THRESHOLD = 0.9
_SPELLER = Speller(lexicon)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the speller answers for a case. `hits` tells which of its guesses are right."""

    case: Case
    sure: float
    hits: list[bool]
    milliseconds: float


def suggestions(figures: Figures, name: str, cases: list[Case]) -> None:
    """Measure the first guess, the first three guesses, and the guesses above several thresholds.

    The figures are of spelling mistakes. For the other kinds only what is shown is measured.
    """
    every = [_ask(case) for case in cases]
    _by_kind(figures, name, every)
    rows = [(row.sure, row.hits, _is_unknown(row.case)) for row in every if row.case.kind == "spelling"]
    taken = [row.milliseconds for row in every]
    total = len(rows) or 1
    unknown = [row for row in rows if row[2]]
    goal = ">=0.7" if name.startswith("ru") else ">=0.85"
    figures.add(f"{name}_top1_unknown_words", share([bool(hits) and hits[0] for _, hits, _ in unknown]), goal)
    figures.add(f"{name}_top1_all", share([bool(hits) and hits[0] for _, hits, _ in rows]))
    figures.add(f"{name}_top3_all", share([any(hits) for _, hits, _ in rows]))
    for threshold in (0.5, 0.7, 0.8, THRESHOLD, 0.95):
        shown = [hits[0] for confidence, hits, _ in rows if hits and confidence >= threshold]
        default = threshold == THRESHOLD
        figures.add(f"{name}_precision_at_{threshold}", share(shown), ">=0.9" if default else None)
        figures.add(f"{name}_coverage_at_{threshold}", len(shown) / total, ">=0.33" if default else None)
    figures.add(f"{name}_suggest_ms_median", median(taken) if taken else 0.0, "<=5")
    figures.add(f"{name}_suggest_ms_p95", sorted(taken)[int(0.95 * len(taken))] if taken else 0.0)


def _ask(case: Case) -> _Asked:
    passage = read_passage(case.quote(), None).quote
    vocabulary = Vocabulary(case.text)
    began = time.perf_counter()
    guesses = _SPELLER.suggest(passage, vocabulary)
    taken = (time.perf_counter() - began) * 1000
    mended = case.quote().prefix + case.right + case.quote().suffix
    hits = [_reads(passage, guess.word, mended) for guess in guesses]
    return _Asked(case, guesses[0].confidence if guesses else 0.0, hits, taken)


def _by_kind(figures: Figures, name: str, every: list[_Asked]) -> None:
    for kind in sorted({row.case.kind for row in every}):
        of_kind = [row for row in every if row.case.kind == kind]
        shown = [row.hits[0] for row in of_kind if row.hits and row.sure >= THRESHOLD]
        figures.add(f"{name}_{kind}_shown_right", share(shown))
        figures.add(f"{name}_{kind}_shown", len(shown) / len(of_kind))


def _is_unknown(case: Case) -> bool:
    words = re.findall(r"[^\W\d_]+", case.wrong)
    own = lexicon("ru" if re.search("[а-яё]", case.wrong, re.IGNORECASE) else "en")
    plain = len(words) == 1 and words[0] == case.wrong and not re.search("[a-zа-яё][A-ZА-ЯЁ]", case.wrong)
    return plain and len(case.wrong) > 1 and not own.knows(case.wrong.lower())


def _reads(passage: Quote, text: str, mended: str) -> bool:
    return mended[10:-10] in passage.prefix + text + passage.suffix
