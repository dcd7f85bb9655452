"""Counting where a passage stands in a text."""

from moderation.domain.text.normalise import occurrences


class TestOccurrences:
    def test_occurrences_that_overlap_are_all_found(self):
        assert list(occurrences("aa", "aaaa")) == [0, 1, 2]

    def test_no_more_are_found_than_asked_for(self):
        assert list(occurrences("a", "aaaa", 2)) == [0, 1]

    def test_an_empty_needle_is_not_found(self):
        assert list(occurrences("", "aaaa")) == []
