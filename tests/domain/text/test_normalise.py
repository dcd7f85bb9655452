import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.normalise import Quote, fold, normalise, normalise_quote, occurrences


class TestNormalise:
    @given(st.text())
    def test_twice_is_once(self, text):
        assert normalise(normalise(text)) == normalise(text)

    @pytest.mark.parametrize(
        ("raw", "seen"),
        [
            ("а\u00adб", "аб"),
            ("а\u00a0 \n\tб", "а б"),
            ("й", "й"),
            ("\ufeffа\u200bб", "аб"),
        ],
    )
    def test_what_a_reader_sees(self, raw, seen):
        assert normalise(raw) == seen


class TestFold:
    @given(st.text())
    def test_keeps_the_length(self, text):
        assert len(fold(text)) == len(text)

    @given(st.text())
    def test_twice_is_once(self, text):
        assert fold(fold(text)) == fold(text)

    def test_every_character_keeps_its_length(self):
        text = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
        assert len(fold(text)) == len(text)

    def test_quotes_dashes_and_yo_make_no_difference(self):
        assert fold("«Ёж» — ’x’") == fold("\"еж\" - 'X'")


class TestNormaliseQuote:
    def test_a_space_on_a_seam_counts_once(self):
        assert normalise_quote(Quote(" слово ", "одно ", " два")) == Quote("слово ", "одно ", "два")

    def test_a_space_alone_stays(self):
        assert normalise_quote(Quote("  ", "одно ", " два")) == Quote(" ", "одно", "два")


class TestOccurrences:
    def test_occurrences_that_overlap_are_all_found(self):
        assert list(occurrences("aa", "aaaa")) == [0, 1, 2]

    def test_no_more_are_found_than_asked_for(self):
        assert list(occurrences("a", "aaaa", 2)) == [0, 1]

    def test_an_empty_needle_is_not_found(self):
        assert list(occurrences("", "aaaa")) == []
