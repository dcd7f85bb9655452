"""The speller: corrections for a passage that has none, each with a confidence.

The caller must drop corrections of low confidence: a suggestion that is probably wrong must not be shown.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from moderation.domain.spelling.folk import SURE, meant
from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.rules.ask import ask_rules, fits_at
from moderation.domain.spelling.rules.spot import spot_at
from moderation.domain.spelling.typography import rules
from moderation.domain.spelling.vocabulary import WORD, Vocabulary
from moderation.domain.spelling.words import LONGEST_WORD, Guess, guesses, is_slip, like
from moderation.domain.text.normalise import Quote

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_SPLIT, _SPLIT_SHORT = 0.9, 0.6
# If another correction is at least this likely, a missing space is doubtful: "wet her" for "wether".
_RIVAL = 0.7
# Short words that people often join to the next word.
_RUN_ON = frozenset("в на с со по до не ни от из за к о об под при как а и что".split())
_MOST = 3
# The speller does not search a longer passage: it cannot know which word the reader meant.
_FEW_WORDS = 12


@dataclass(frozen=True, slots=True)
class Speller:
    """Suggest corrections from the dictionaries and the site's word list `own` (lower case).

    `lexicon` loads the dictionary of a language at its first use.
    """

    lexicon: Callable[[str], Lexicon]
    own: frozenset[str] = frozenset()

    def suggest(self, quote: Quote, page: Vocabulary) -> list[Guess]:
        """Return at most three replacements for `quote.exact`, the most confident first."""
        best: dict[str, float] = {}
        for guess in self._all(quote, page):
            if guess.word != quote.exact and guess.confidence > best.get(guess.word, 0.0):
                best[guess.word] = guess.confidence
        ordered = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Guess(text, confidence) for text, confidence in ordered[:_MOST]]

    def _all(self, quote: Quote, page: Vocabulary) -> Iterator[Guess]:
        passage = quote.exact
        yield from rules(passage, page, self._known)
        words = list(WORD.finditer(passage))
        if len(words) > _FEW_WORDS or any(len(match[0]) > LONGEST_WORD for match in words):
            return
        slips = [match for match in words if self._is_slip(match[0], page)]
        if len(slips) == 1:
            yield from self._instead(passage, slips[0], self._slip(quote, slips[0], page))
        elif not slips and words and not any(match[0].lower() in self.own for match in words):
            yield from ask_rules(quote, words, self._of(passage), page)

    def _is_slip(self, word: str, page: Vocabulary) -> bool:
        """Return whether a word is misspelled. The list in folk.py wins over dictionaries and the page."""
        by_heart = word.lower() not in self.own and meant(word.lower()) is not None
        return by_heart or is_slip(word, self._of(word), page, self.own)

    def _slip(self, quote: Quote, match: re.Match[str], page: Vocabulary) -> Iterator[Guess]:
        word = match[0]
        lexicon, low = self._of(word), word.lower()
        right = meant(low)
        if right is not None:
            yield Guess(like(word, right), SURE)
            return
        spot = spot_at(quote.text, quote.start + match.start(), quote.start + match.end())
        near = self._part(word, page) or guesses(word, lexicon, page, fits_at(spot, lexicon))
        yield from near
        rivalled = bool(near) and near[0].confidence >= _RIVAL
        for at in range(1, len(low)):
            head, tail = low[:at], low[at:]
            if _stands_alone(head, lexicon) and _stands_alone(tail, lexicon):
                sure = head in _RUN_ON or (min(len(head), len(tail)) > 2 and not rivalled)
                yield Guess(f"{word[:at]} {word[at:]}", _SPLIT if sure else _SPLIT_SHORT)

    def _part(self, word: str, page: Vocabulary) -> list[Guess]:
        """Correct the only misspelled part of a hyphenated word."""
        parts = re.split("([-‑])", word)
        slips = [at for at, part in enumerate(parts) if at % 2 == 0 and self._is_slip(part, page)]
        if len(parts) == 1 or len(slips) != 1:
            return []
        [at] = slips
        right = meant(parts[at].lower())
        found = [Guess(like(parts[at], right), SURE)] if right else guesses(parts[at], self._of(word), page)
        return [
            Guess("".join((*parts[:at], guess.word, *parts[at + 1 :])), guess.confidence) for guess in found
        ]

    def _instead(self, passage: str, match: re.Match[str], found: Iterator[Guess]) -> Iterator[Guess]:
        for guess in found:
            yield Guess(passage[: match.start()] + guess.word + passage[match.end() :], guess.confidence)

    def _of(self, word: str) -> Lexicon:
        return self.lexicon("ru" if _CYRILLIC.search(word) else "en")

    def _known(self, word: str) -> bool:
        return word in self.own or (0 < len(word) <= LONGEST_WORD and self._of(word).knows(word))


def _stands_alone(word: str, lexicon: Lexicon) -> bool:
    """Return whether the part of a joined word is a common word by itself."""
    return (len(word) > 1 or word in _RUN_ON or word == "a") and lexicon.zipf(word) > 4.2
