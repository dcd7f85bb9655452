"""A reader's text of any kind costs a bounded number of dictionary lookups, counted, not timed."""

import random

import pytest

from moderation.domain.cases.spam import gibberish
from moderation.domain.spelling.lexicon import Lexicon
from moderation.domain.spelling.suggest import Speller
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.text.normalise import Quote

RANDOM = random.Random(3)
TEXTS = {
    "one word": "".join(RANDOM.choices("бвгджз", k=1000)),
    "one word with many е": "е" * 1000,
    "short words": " ".join("".join(RANDOM.choices("abcdef", k=4)) for _ in range(200)),
    "hyphens": "-".join("".join(RANDOM.choices("абвг", k=4)) for _ in range(200)),
    "one piece": "'".join("".join(RANDOM.choices("abcd", k=4)) for _ in range(200)),
}


@pytest.fixture
def looked_up():
    """The words that were looked up."""
    return []


@pytest.fixture
def speller(looked_up):
    def knows(word):
        looked_up.append(word)
        return False

    lexicon = Lexicon("абвгде", [], knows, begun=len)
    return Speller(lambda lang: lexicon)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_long_passage_costs_few_lookups_of_short_words(speller, looked_up, text):
    speller.suggest(Quote(text), Vocabulary(text))
    assert len(looked_up) <= 300
    assert all(len(word) <= 60 for word in looked_up)


def test_a_long_comment_costs_few_lookups(looked_up):
    text = " ".join("".join(RANDOM.choices("bcdfg", k=6)) for _ in range(400))
    assert gibberish(text, lambda word: bool(looked_up.append(word))) == 1.0
    assert len(looked_up) <= 40


def test_a_long_run_of_letters_is_gibberish_without_a_lookup(looked_up):
    assert gibberish("bcdf" * 500, lambda word: bool(looked_up.append(word))) == 1.0
    assert looked_up == []
