"""Our list of English words agrees with Hunspell's own lookup."""

import random

import pytest

from moderation.services.triage.dictionaries import lexicon
from moderation.services.triage.english_words import forms, hunspell, is_in_hunspell


@pytest.fixture(scope="module")
def dictionary():
    return hunspell()


def test_hunspell_knows_every_form_and_so_do_we(dictionary):
    ours, theirs = lexicon("en").knows, is_in_hunspell(dictionary)
    some = random.Random(7).sample(sorted(set(forms(dictionary))), 500)
    assert [word for word in some if not ours(word) or not theirs(word)] == []


@pytest.mark.parametrize(
    ("word", "is_known"),
    [
        ("walked", True), ("unhappily", True), ("reapplied", True), ("children's", True), ("o'clock", True),
        ("paris", True), ("nato", True), ("mcdonald", True), ("colour", True), ("organisation", True),
        ("mother-in-law", True), ("paris-based", True), ("-like", True), ("recieve", False), ("teh", False),
        ("walkked", False), ("well-knwon", False), ("unhappyly", False), ("x" * 60, False),
    ],
)  # fmt: skip
def test_words_names_british_spelling_and_parts(dictionary, word, is_known):
    assert lexicon("en").knows(word) is is_in_hunspell(dictionary)(word) is is_known


def test_a_slip_in_a_word_is_known_to_both_or_neither(dictionary):
    """Hunspell takes a few words in capitals apart that it should not: `mly` is `m` with an ending."""
    picked, ours, theirs = random.Random(3), lexicon("en").knows, is_in_hunspell(dictionary)
    words = picked.sample(
        sorted({form for form in forms(dictionary) if len(form) > 4 and form.isalpha()}), 400
    )
    slips = [
        word[:at] + picked.choice("aeinrst") + word[at + 1 :] for word in words for at in [len(word) // 2]
    ]
    assert [slip for slip in slips if ours(slip) and not theirs(slip)] == []
    assert len([slip for slip in slips if theirs(slip) and not ours(slip)]) <= 4
