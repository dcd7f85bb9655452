"""The Russian letter ё, where a page writes it."""

from collections.abc import Iterator

from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.morphology import Morphology
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.spelling.words import Guess

_SURE, _LIKELY = 0.93, 0.9
_RARER = 1.0
"""Of two words that differ in ё only, the rare one is not meant: "лёт" for "лет"."""
_PREPOSITIONS = ("о", "об", "на", "в", "при", "по", "обо", "во")
_LOCATIVES = frozenset(("чём", "нём", "всём", "чём-то", "чём-либо", "чём-нибудь"))


def missing_yo(spot: Spot, lexicon: Lexicon, morphology: Morphology, page: Vocabulary) -> Iterator[Guess]:
    """Suggest ё for е, if the page uses ё elsewhere, or if it nowhere has е in place of ё."""
    low = spot.low
    if "е" not in low or "ё" in low:
        return
    exists = lexicon.spells(low)
    if page.has_yo < 1 and (exists or _writes_plain(page, low, lexicon)):
        return
    found = _with_yo(low, lexicon)
    if len(found) != 1 or (exists and not _is_meant(spot, found[0], lexicon, morphology)):
        return
    mended = "".join(b.upper() if a.isupper() else b for a, b in zip(spot.word, found[0], strict=True))
    yield Guess(mended, _LIKELY if exists else _SURE)


def _is_meant(spot: Spot, form: str, lexicon: Lexicon, morphology: Morphology) -> bool:
    """Return whether the word with ё is likelier here than the word with е."""
    if form in _LOCATIVES:
        return spot.before in _PREPOSITIONS
    if form == "всё":
        following = morphology.forms(spot.after) if spot.after else ()
        return not any(one.number == "plur" for one in following)
    return lexicon.zipf(form) >= lexicon.zipf(spot.low) - _RARER


def _with_yo(low: str, lexicon: Lexicon) -> list[str]:
    forms = [low[:at] + "ё" + low[at + 1 :] for at, char in enumerate(low) if char == "е"]
    return [form for form in forms if lexicon.spells(form)]


def _writes_plain(page: Vocabulary, low: str, lexicon: Lexicon) -> bool:
    """Return whether the page has another word with е that is right with ё only."""

    def is_plain(word: str) -> bool:
        return "е" in word and not lexicon.spells(word) and bool(_with_yo(word, lexicon))

    found = page.remembered("plain_yo", lambda: frozenset(word for word in page.words() if is_plain(word)))
    return bool(found - {low})
