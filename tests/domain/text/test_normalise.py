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

    @pytest.mark.parametrize("marks", ["\u0316\u0300", "\u0f73"], ids=["accents", "a vowel of two marks"])
    def test_a_letter_has_a_limited_number_of_marks(self, marks):
        """Unicode sorts them: a million held the whole program for twelve minutes."""
        text = normalise("слово" + marks * 500_000 + "й — слово")
        assert len(text) < 250 and text.startswith("слово") and text.endswith("й — слово")
        assert normalise(text) == text

    def test_a_line_of_many_signs_keeps_them_all(self):
        line = "—…❤\ufe0f" * 1000
        assert normalise(line) == line


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
