"""Ask all rules of a language about a passage."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.rules.articles import article
from moderation.domain.spelling.rules.dependent_noun import dependent_noun
from moderation.domain.spelling.rules.english_agreement import english_agreement
from moderation.domain.spelling.rules.english_clauses import english_clause
from moderation.domain.spelling.rules.english_confusions import ENGLISH_CONFUSIONS
from moderation.domain.spelling.rules.english_determiners import english_determiner
from moderation.domain.spelling.rules.english_phrases import ENGLISH_PHRASES
from moderation.domain.spelling.rules.function_words import function_word
from moderation.domain.spelling.rules.noun_phrase import noun_phrase
from moderation.domain.spelling.rules.phrases import suggest_phrase
from moderation.domain.spelling.rules.predicate import predicate
from moderation.domain.spelling.rules.prepositions import preposition_shape
from moderation.domain.spelling.rules.rare_words import frequent_word
from moderation.domain.spelling.rules.reflexive import reflexive
from moderation.domain.spelling.rules.relative import relative
from moderation.domain.spelling.rules.russian_commas import russian_comma
from moderation.domain.spelling.rules.russian_phrases import RUSSIAN_PHRASES
from moderation.domain.spelling.rules.spot import Spot, spot_at
from moderation.domain.spelling.rules.yo import missing_yo
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.spelling.words import Guess
from moderation.domain.text.normalise import Quote

_ENGLISH = [*ENGLISH_PHRASES, *ENGLISH_CONFUSIONS]
_MOST_WORDS = 3
"""Of a longer passage the rules cannot tell which words the reader meant."""


def ask_rules(
    quote: Quote, words: Sequence[re.Match[str]], lexicon: Lexicon, page: Vocabulary
) -> Iterator[Guess]:
    """Suggest a correction of a passage whose words all exist. Of several words, only phrases are known."""
    if not 0 < len(words) <= _MOST_WORDS:
        return
    phrases = suggest_phrase(quote, RUSSIAN_PHRASES if lexicon.morphology else _ENGLISH)
    best = max(phrases, key=lambda guess: guess.confidence, default=None)
    if best is None and len(words) == 1:
        best = _about_word(quote, words[0], lexicon, page)
    if best is not None:
        yield best


def _about_word(quote: Quote, match: re.Match[str], lexicon: Lexicon, page: Vocabulary) -> Guess | None:
    spot = spot_at(quote.text, quote.start + match.start(), quote.start + match.end())
    guesses = (guess for guess in _ask(spot, lexicon, page) if guess.word != match[0])
    best = max(guesses, key=lambda guess: guess.confidence, default=None)
    if best is None:
        return None
    return Guess(quote.exact[: match.start()] + best.word + quote.exact[match.end() :], best.confidence)


def _ask(spot: Spot, lexicon: Lexicon, page: Vocabulary) -> Iterator[Guess]:
    morphology = lexicon.morphology
    if morphology is None:
        yield from article(spot)
        yield from english_agreement(spot, lexicon)
        yield from english_clause(spot, lexicon)
        yield from english_determiner(spot, lexicon)
        yield from function_word(spot)
    else:
        yield from missing_yo(spot, lexicon, morphology, page)
        yield from reflexive(spot, lexicon, morphology)
        yield from preposition_shape(spot)
        yield from noun_phrase(spot, morphology)
        yield from predicate(spot, morphology)
        yield from relative(spot, morphology)
        yield from dependent_noun(spot, morphology)
        yield from russian_comma(spot, morphology)
    yield from frequent_word(spot, lexicon, page)


def fits_at(spot: Spot, lexicon: Lexicon) -> Callable[[str], bool]:
    """Return a function that tells whether a word agrees with the words around the spot."""
    morphology = lexicon.morphology

    def fits(word: str) -> bool:
        there = replace(spot, word=word)
        return morphology is None or not (
            any(noun_phrase(there, morphology)) or any(predicate(there, morphology))
        )

    return fits
