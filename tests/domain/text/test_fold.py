"""Comparing texts without differences of case, quotes, dashes and ё."""

from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.normalise import fold


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
