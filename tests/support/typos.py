"""Our own typos: typical mistakes, planted in the articles of tests/support/articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.support import mistakes
from tests.support.articles import read_articles

PER_ARTICLE = 61
_SEED = 11
_TWO_WORDS = r"[^\W\d_]+ [^\W\d_]+"


@dataclass(frozen=True, slots=True)
class Typo:
    """The only mistake of an article: `wrong` is at start:end of `text`."""

    id: str
    page: str
    kind: str
    """spelling, case, spacing, punctuation or wording."""
    wrong: str
    right: str
    start: int
    end: int
    text: str
    """The whole article with the mistake."""

    @property
    def mended(self) -> str:
        """Return the article without the mistake."""
        return self.text[: self.start] + self.right + self.text[self.end :]


def make_typos(lang: str) -> list[Typo]:
    """Make PER_ARTICLE different typos in each article of a language (ru or en), the same in every run."""
    return [
        typo
        for name, article in read_articles(lang).items()
        for typo in _plant(lang, name, article, Random(f"{_SEED} {name}"))
    ]


def _plant(lang: str, page: str, article: str, random: Random) -> Iterator[Typo]:
    kinds = _kinds(lang)
    weights = [weight for *_, weight in kinds]
    planted: set[tuple[int, str]] = set()
    while len(planted) < PER_ARTICLE:
        kind, pattern, mistake, _ = random.choices(kinds, weights)[0]
        place = random.choice(list(re.finditer(pattern, article)))
        right = place[0]
        wrong = mistake(right, random)
        if wrong is None or wrong == right or (place.start(), wrong) in planted:
            continue
        planted.add((place.start(), wrong))
        yield Typo(
            id=f"{lang}/{page}/{len(planted)}", page=f"{lang}/{page}", kind=kind, wrong=wrong, right=right,
            start=place.start(), end=place.start() + len(wrong),
            text=article[: place.start()] + wrong + article[place.end() :],
        )  # fmt: skip


def _kinds(lang: str) -> list[tuple[str, str, mistakes.Mistake, float]]:
    """Return kinds of mistakes, each with its pattern, function and weight."""
    return [
        ("spelling", r"[^\W\d_]{5,}", mistakes.drop_letter, 0.12),
        ("spelling", r"[^\W\d_]{5,}", mistakes.double_letter, 0.12),
        ("spelling", r"[^\W\d_]{5,}", mistakes.swap_letters, 0.12),
        ("spelling", r"[^\W\d_]{5,}", mistakes.confuse(lang), 0.18),
        ("punctuation", r"[^\W\d_]+,", mistakes.drop_comma, 0.2),
        ("punctuation", r"[^\W\d_]{3,}(?= )", mistakes.add_comma, 0.08),
        ("wording", r"[^\W\d_]+(?= )", mistakes.repeat_word, 0.04),
        ("wording", _TWO_WORDS, mistakes.swap_words, 0.04),
        ("spacing", _TWO_WORDS, mistakes.join_words, 0.03),
        ("spacing", r"[^\W\d_]{6,}", mistakes.split_word, 0.02),
        ("case", r"[^\W\d_]{3,}", mistakes.change_case, 0.05),
    ]
