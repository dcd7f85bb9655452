"""The spam score of a report."""

import pytest

from moderation.domain.cases.spam import gibberish, judge


class TestSpam:
    def judged(self, **changed):
        plain = {"correction": None, "comment": None, "reader_reports": 1, "on_page": None}
        return judge(**plain | changed)

    def test_nothing_written_is_no_spam(self):
        assert self.judged() == self.judged(comment="пропущена буква") and self.judged().score == 0

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"comment": "see https://pills.example"}, "links"),
            ({"comment": "see pills.com now"}, "links"),
            ({"reader_reports": 60}, "flood"),
            ({"on_page": False}, "not_on_page"),
            ({"comment": "qwrtpsdfg zxcvbnm"}, "gibberish"),
            ({"comment": "купите", "learned": 0.99}, "learned"),
        ],
    )
    def test_each_signal_by_itself(self, changed, reason):
        verdict = self.judged(**changed)
        assert verdict.reasons == (reason,) and 0 < verdict.score < 0.9

    def test_signals_add_up(self):
        one = self.judged(comment="www.pills.example")
        two = self.judged(comment="www.pills.example", reader_reports=60)
        assert one.score < two.score <= 1

    @pytest.mark.parametrize(
        "text", ["Нужна запятая", "The word is misspelled", "ООН, СССР и НАТО", "вообще-то"]
    )
    def test_words_are_no_gibberish(self, text):
        assert gibberish(text, lambda _: False) == 0

    @pytest.mark.parametrize(
        "text",
        [
            "відкриття їжі",
            "otevřený příliš",
            "λέξεις σωστές",
            "שגיאת כתיב בכותרת",
            "صحيفة اليوم",
            "这里有一个错字",
        ],
    )
    def test_words_of_other_alphabets_are_no_gibberish(self, text):
        assert gibberish(text, lambda _: False) == 0

    @pytest.mark.parametrize("text", ["ццкнгшщз", "ффффффф", "příčřčřčřč"[3:]])
    def test_keys_hit_at_random_are_gibberish(self, text):
        assert gibberish(text, lambda _: False) == 1
