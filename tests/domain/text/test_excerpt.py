"""Texts shortened at word boundaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.excerpt import (
    ELLIPSIS,
    context_after,
    context_before,
    first_words,
    last_words,
    middle_cut,
)


@pytest.mark.parametrize(
    ("text", "most", "start", "end"),
    [
        ("one two three", 20, "one two three", "one two three"),
        ("one two three", 7, "one two…", "…three"),
        ("one two three", 5, "one…", "…three"),
        ("one two three", 9, "one two…", "…two three"),
        ("unbrokenword", 4, "unbr…", "…word"),
    ],
)
def test_a_text_is_cut_between_words(text, most, start, end):
    assert first_words(text, most) == start
    assert last_words(text, most) == end


def test_the_middle_of_a_long_passage_is_left_out():
    assert middle_cut("short", 10) == "short"
    assert middle_cut("the beginning of it and the end", 12) == f"the {ELLIPSIS} end"
    assert middle_cut("new roads in the old town", 18) == f"new roads {ELLIPSIS} old town"


def test_a_long_word_is_cut_where_no_whole_word_is_left():
    assert middle_cut("a" * 30, 12) == f"aaaaaa {ELLIPSIS} aaaaaa"
    assert middle_cut("a " + "b" * 30 + " c", 12) == f"a bbbb {ELLIPSIS} bbbb c"


@given(st.text(), st.integers(1, 50))
def test_what_is_kept_is_part_of_the_text_and_short_enough(text, most):
    for shorten, keeps in ((first_words, str.startswith), (last_words, str.endswith)):
        kept = shorten(text, most)
        assert len(kept) <= most + 1
        assert kept == text or keeps(text, kept.strip(ELLIPSIS)) or ELLIPSIS in text


PARAGRAPH = "The old lido did not pass. A pipe has to be replaced first, which takes "


@pytest.mark.parametrize(
    ("prefix", "in_block", "shown"),
    [
        ("Where to swim The north quay ", 15, "The north quay "),  # the heading is another block
        ("Where to swim ", 0, ""),
        ("th quay and the old lido did not pass. ", 200, "…quay and the old lido did not pass. "),
        ("th quay and the old lido did not pass. ", None, "…quay and the old lido did not pass. "),
        (PARAGRAPH, None, PARAGRAPH),
        ("by the ", None, "by the "),
    ],
)
def test_the_context_before_a_passage_is_of_its_paragraph_and_begins_at_a_word(prefix, in_block, shown):
    assert context_before(prefix, in_block) == shown


@pytest.mark.parametrize(
    ("suffix", "in_block", "shown"),
    [
        (" in May. Closed for now The north", 8, " in May."),
        (" every three days in May. The best resu", 100, " every three days in May. The best…"),
        (" every three days in May. The best resu", None, " every three days in May. The best…"),
        (" every three days in May, as before.", None, " every three days in May, as before."),
        (" in Ma", None, " in Ma"),
    ],
)
def test_the_context_after_a_passage_is_of_its_paragraph_and_ends_at_a_word(suffix, in_block, shown):
    assert context_after(suffix, in_block) == shown
