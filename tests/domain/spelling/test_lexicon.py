"""The frequent words of a language, in buckets."""

import tracemalloc

from moderation.domain.spelling.lexicon import Lexicon, Near, make_buckets

WORDS = [("мост", 4.5), ("улица", 5.0), ("мосту", 3.0), ("мела", 2.25), ("мост-то", 1.75), ("абак", 2.0)]


def small_lexicon():
    return Lexicon("абвгд", make_buckets(WORDS), lambda word: False)


def test_each_word_keeps_its_frequency_in_any_order_of_the_list():
    lexicon = small_lexicon()
    assert {word: lexicon.zipf(word) for word, _ in WORDS} == dict(WORDS)
    assert [lexicon.zipf(word) for word in ("место", "мосты", "", "я")] == [0.0, 0.0, 0.0, 0.0]


def test_a_bucket_holds_sorted_words_of_one_first_letter_and_length():
    found = {(bucket.joined, bucket.length, tuple(bucket.zipfs)) for bucket in make_buckets(WORDS)}
    assert ("меламост", 4, (2.25, 4.5)) in found
    assert ("абак", 4, (2.0,)) in found


def test_a_word_near_a_short_misspelling_is_one_edit_away():
    assert set(small_lexicon().near("мосд")) == {Near("мост", 4.5)}


def test_a_rare_word_is_found_wherever_the_misspelling_stops_to_begin_words():
    """The edit of `гдаб` is in its third letter, after which no word begins so."""
    rare = {"гдвб", "агдаб", "габ", "дгаб"}
    lexicon = Lexicon("абвгд", [], rare.__contains__, begun=lambda text: 2)
    assert {found.word for found in lexicon.near("гдаб")} == rare


def test_near_words_of_a_misspelling_are_looked_up_once():
    asked = []
    lexicon = Lexicon("абвгд", [], lambda word: bool(asked.append(word)), begun=len)
    lexicon.near("абв")
    first = len(asked)
    lexicon.near("абв")
    assert first and len(asked) == first


def test_letters_that_begin_no_word_leave_nothing_behind():
    """Whoever reports chooses the letters: only buckets that exist keep their words."""
    lexicon = small_lexicon()
    list(lexicon.near_frequent("мосд"))
    tracemalloc.start()
    try:
        for letter in map(chr, range(0x4E00, 0x5E00)):
            assert list(lexicon.near_frequent(letter * 5)) == []
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 100_000
