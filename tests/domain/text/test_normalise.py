import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.normalise import Quote, normalise, normalise_quote


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
        assert len(text) < 100 and text.startswith("слово") and text.endswith("й — слово")
        assert normalise(text) == text

    @pytest.mark.parametrize("marks", [198, 1998])
    def test_each_of_many_letters_has_a_limited_number_of_marks(self, marks):
        """A page of letters that were just not cut cost the whole worker seconds at each check (F103)."""
        letter = "а" + "\u0316\u0300" * (marks // 2)
        assert len(normalise(letter * 20)) <= 20 * 33
        assert len(normalise(letter + " ")) <= 34 or len(letter) <= 200

    def test_a_line_of_many_signs_keeps_them_all(self):
        line = "—…❤\ufe0f" * 1000
        assert normalise(line) == line


class TestNormaliseQuote:
    def test_a_space_on_a_seam_counts_once(self):
        assert normalise_quote(Quote(" слово ", "одно ", " два")) == Quote("слово ", "одно ", "два")

    def test_a_space_alone_stays(self):
        assert normalise_quote(Quote("  ", "одно ", " два")) == Quote(" ", "одно", "два")
