"""Which cases Russian prepositions govern."""

from collections.abc import Sequence

from moderation.domain.spelling.rules.spot import Spot

_CASES = {
    "gent": "от ото из изо у до без безо для из-за из-под около после кроме вокруг против среди мимо ради "
    "возле "
    "вместо внутри вне относительно насчёт посредством путём ввиду вследствие помимо свыше вдоль",
    "datv": "к ко благодаря согласно вопреки навстречу",
    "accs": "через про сквозь",
    "ablt": "перед передо над надо",
    "loct": "при",
    "ablt gent": "между",
    "ablt accs": "за под подо",
    "loct accs": "в во на о об обо",
    "gent ablt accs": "с со",
    "datv loct accs": "по",
}
_GOVERNED = {word: frozenset(cases.split()) for cases, words in _CASES.items() for word in words.split()}
# In these the word is an adverb or a predicate more often than a preposition.
_RARELY = frozenset(("надо", "согласно"))


def governed_cases(preposition: str) -> frozenset[str] | None:
    """Return the cases that may follow the preposition; None if the word is none."""
    return _GOVERNED.get(preposition)


def is_doubtful(preposition: str) -> bool:
    """Return whether the word is often no preposition."""
    return preposition in _RARELY


def words_before(spot: Spot) -> Sequence[str]:
    """Return the words before the spot up to the nearest mark, the nearest first."""
    return _words(spot.left)


def words_after(spot: Spot) -> Sequence[str]:
    """Return the words after the spot up to the nearest mark."""
    return _words(spot.right)


def _words(tokens: Sequence[str]) -> Sequence[str]:
    end = next((at for at, token in enumerate(tokens) if not token[:1].isalnum()), len(tokens))
    return tokens[:end]
