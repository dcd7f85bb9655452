import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.grouping import Known, choose, join
from moderation.domain.passage import read
from moderation.domain.text import Quote

TEXT = (
    "Сначала власти собирались вернуть всё как было но после опроса, в котором приняли учавстие "
    "шесть тысяч человек, проект пересмотрели."
)


def passage(exact, correction=None, around=40):
    at = TEXT.index(exact)
    quote = Quote(exact, TEXT[max(0, at - around) : at], TEXT[at + len(exact) : at + len(exact) + around])
    return read(quote, correction)


def known(exact, correction=None):
    found = passage(exact, correction)
    return Known(found.quote, () if found.correction is None else (found.correction,))


class TestChoose:
    @pytest.mark.parametrize("selected", ["учавстие", "вст", "приняли учавстие шесть"])
    def test_however_widely_a_reader_selected(self, selected):
        assert choose(passage(selected), [known("учавстие")]) == 0

    def test_another_mistake_of_the_sentence_is_another_case(self):
        assert choose(passage("было", "было,"), [known("учавстие", "участие")]) is None

    def test_of_several_the_one_it_shares_most_with(self):
        cases = [known("приняли учавстие шесть"), known("учавстие", "участие")]
        assert choose(passage("учавстие"), cases) == 1

    def test_a_wide_selection_over_several_cases_says_nothing_about_one(self):
        cases = [known("было", "было,"), known("учавстие", "участие")]
        assert choose(passage(TEXT[10:-10]), cases) is None

    def test_other_pages_text_does_not_match(self):
        assert (
            choose(read(Quote("учавстие", "совсем другой текст ", " о другом"), None), [known("учавстие")])
            is None
        )


class TestJoin:
    def test_without_corrections_the_passage_narrows(self):
        joined = join(passage("учавстие"), known("приняли учавстие шесть"))
        assert joined.quote.exact == "учавстие"
        assert joined.shift == 0

    def test_a_correction_beats_a_selection(self):
        joined = join(
            passage("приняли учавстие", "приняли участие"), known("в котором приняли учавстие шесть")
        )
        assert (joined.quote.exact, joined.correction) == ("учавстие", "участие")

    def test_a_selection_does_not_move_a_correction(self):
        joined = join(passage("приняли учавстие шесть"), known("учавстие", "участие"))
        assert (joined.quote.exact, joined.corrections) == ("учавстие", ("участие",))

    def test_corrections_of_different_words_make_the_passage_hold_both(self):
        joined = join(passage("приняли учавстие", "брали участие"), known("учавстие", "участие"))
        assert joined.quote.exact == "приняли учавстие"
        assert joined.corrections == ("приняли участие",)
        assert joined.correction == "брали участие"

    def test_context_grows_to_what_both_know(self):
        joined = join(passage("учавстие", around=60), known("учавстие"))
        assert joined.quote.prefix == TEXT[TEXT.index("учавстие") - 60 : TEXT.index("учавстие")]

    def test_what_does_not_overlap_cannot_join(self):
        with pytest.raises(ValueError, match="overlap"):
            join(passage("власти"), known("учавстие"))


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 30), st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_two_selections_group_the_same_in_either_order(start, length, other_start, other_length):
    one = passage_at(start, start + length)
    other = passage_at(other_start, other_start + other_length)
    first = choose(other, [Known(one.quote)])
    assert choose(one, [Known(other.quote)]) == first
    if first is not None:
        assert join(other, Known(one.quote)).quote.exact == join(one, Known(other.quote)).quote.exact


def passage_at(start, end):
    return read(Quote(TEXT[start:end], TEXT[max(0, start - 40) : start], TEXT[end : end + 40]), None)
