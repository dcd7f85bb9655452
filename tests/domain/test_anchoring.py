from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.anchoring import align

TEXT = "Ремонт набережной, который растянулся на три года, обещают закончить в августе."


@given(st.data())
def test_a_piece_of_a_text_lies_where_it_was_cut(data):
    start = data.draw(st.integers(0, len(TEXT) - 12))
    end = data.draw(st.integers(start + 12, len(TEXT)))
    assert next(align(TEXT[start:end], TEXT)) == start


def test_two_pieces_that_overlap_lie_on_each_other_either_way():
    left, right = TEXT[:40], TEXT[20:]
    assert next(align(right, left)) == 20
    assert next(align(left, right)) == -20


def test_pieces_that_disagree_in_their_overlap_do_not():
    assert list(align("который растянулся на два года", TEXT)) == []


def test_a_short_overlap_is_chance():
    assert list(align(TEXT[-5:] + " Другой текст о другом.", TEXT)) == []


def test_quotes_dashes_and_case_do_not_matter():
    assert next(align('СКАЗАЛ: "ЁЛКИ" - И ВСЁ', "Он сказал: «елки» — и все")) == 3


def test_nothing_lies_nowhere():
    assert list(align("", TEXT)) == []
