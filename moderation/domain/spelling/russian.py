"""Russian slips between words that both exist: ё, and -тся for -ться."""

import re
from collections.abc import Callable, Iterator

from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.spelling.words import Guess

# An infinitive follows these words, so -тся is a mistake.
_GOVERNS = re.compile(
    r"(?:мо(?:гу|жешь|жет|жем|жете|гут|г|гла|гло|гли)|долж(?:ен|на|но|ны)|нужно|надо|нельзя|можно|следует|"
    r"стоит|придётся|придется|хо(?:чу|чет|тим|тите|тят)|буд(?:у|ет|ем|ете|ут)|начина\w+|перест\w+|позволя\w+|"
    r"пыта\w+ся|готов[аыо]?|способ\w+)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.!?;:—()]|,\s*(?:что|чтобы|если|когда|котор\w+|как)\b")
_YO, _YO_AMBIGUOUS, _TSYA, _TSYA_BACK = 0.93, 0.9, 0.93, 0.9

Knows = Callable[[str], bool]


def russian_rules(word: str, before: str, page: Vocabulary, exactly: Knows) -> Iterator[Guess]:
    """Suggest corrections for a word that exists. `exactly` treats е and ё as different letters."""
    yield from _yo(word, page, exactly)
    yield from _tsya(word, before, exactly)


def _yo(word: str, page: Vocabulary, exactly: Knows) -> Iterator[Guess]:
    """Suggest ё for е, if the page uses ё elsewhere."""
    if page.has_yo < 1 or "ё" in word.lower():
        return
    low = word.lower()
    forms = [low[:at] + "ё" + low[at + 1 :] for at, char in enumerate(low) if char == "е"]
    found = [form for form in forms if exactly(form)]
    if len(found) == 1:
        mended = "".join(b.upper() if a.isupper() else b for a, b in zip(word, found[0], strict=True))
        yield Guess(mended, _YO_AMBIGUOUS if exactly(low) else _YO)


def _tsya(word: str, before: str, exactly: Knows) -> Iterator[Guess]:
    clause = _CLAUSE.split(before)[-1]
    governed = any(_GOVERNS.fullmatch(one) for one in re.findall(r"\w+", clause)[-6:])
    if word.endswith("тся"):
        infinitive = word[:-2] + "ься"
        if governed and exactly(infinitive.lower()):
            yield Guess(infinitive, _TSYA)
    elif word.endswith("ться"):
        finite = word[:-3] + "ся"
        if not governed and re.search(r"\w\s*$", clause) and exactly(finite.lower()):
            yield Guess(finite, _TSYA_BACK)
