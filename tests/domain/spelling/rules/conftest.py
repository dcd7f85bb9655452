"""Ask the speller about a sentence in which brackets mark what a reader reported."""

from collections.abc import Callable

import pytest

from moderation.domain.spelling.suggest import Speller
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.text.normalise import Quote
from moderation.services.triage.dictionaries import lexicon

SURE = 0.9


@pytest.fixture
def sure() -> Callable[..., str | None]:
    """Return the sure correction of the passage in brackets, or None."""

    def ask(sentence: str, page: str = "") -> str | None:
        before, _, rest = sentence.partition("[")
        passage, _, after = rest.partition("]")
        vocabulary = Vocabulary(f"{before}{passage}{after} {page}")
        guesses = Speller(lexicon).suggest(Quote(passage, before, after), vocabulary)
        return guesses[0].word if guesses and guesses[0].confidence >= SURE else None

    return ask
