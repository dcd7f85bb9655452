from moderation.domain.cases.votes import (
    Voice,
    count_votes,
    narrowest_span,
    own_quote,
    passage_span,
    position,
)
from moderation.domain.text.fragments import Span
from moderation.domain.text.normalise import Quote


def voice(exact, correction, *, text=0, start=0, count=1):
    return Voice(Span(text, start, start + len(exact)), Quote(exact), correction, count)


def test_a_correction_of_a_part_of_the_passage_is_a_vote_for_the_whole():
    voices = [voice("расказал", "рассказал"), voice("каз", "сказ", start=3)]
    assert count_votes(voices, Span(0, 0, 8), "расказал") == {"рассказал": 2}


def test_the_same_passage_in_a_context_that_shares_no_text_counts():
    voices = [voice("расказал", "поведал"), voice("расказал", "рассказал", text=1, start=40, count=2)]
    assert count_votes(voices, Span(0, 0, 8), "расказал") == {"рассказал": 2, "поведал": 1}


def test_another_passage_in_another_context_does_not_count():
    voices = [voice("расказал", None), voice("новых", "старых", text=1)]
    assert count_votes(voices, Span(0, 0, 8), "расказал") == {}


def test_a_correction_without_reports_is_no_vote():
    assert count_votes([voice("расказал", "рассказал", count=0)], Span(0, 0, 8), "расказал") == {}


def test_a_case_shows_its_narrowest_selection_where_nobody_corrects():
    voices = [voice("он расказал", None), voice("расказал", None, start=3)]
    assert narrowest_span(voices) == passage_span(voices) == Span(0, 3, 11)


def test_a_case_shows_all_that_corrections_of_its_narrowest_selection_change():
    voices = [voice("расказал", None, start=3), voice("он расказал", "он рассказал")]
    assert passage_span(voices) == Span(0, 0, 11)


def test_a_correction_elsewhere_does_not_widen_the_passage():
    voices = [voice("каз", None, start=3), voice("новых", "старых", start=40)]
    assert passage_span(voices) == Span(0, 3, 6)


def test_a_passage_is_quoted_from_the_narrowest_quote_that_shows_all_of_it():
    wide = Voice(Span(0, 0, 11), Quote("он расказал", "", " нам"), None, 1)
    narrow = Voice(Span(0, 3, 11), Quote("расказал", "он ", " нам"), None, 1)
    assert own_quote([wide, narrow], Span(0, 0, 11)) == Quote("он расказал", "", " нам")


def test_a_passage_that_no_quote_shows_as_a_whole_has_no_quote():
    assert own_quote([voice("расказал", None)], Span(0, 0, 40)) is None
    assert own_quote([voice("расказал", None)], Span(1, 0, 8)) is None


def test_the_position_of_a_passage_follows_from_a_reader_who_sent_one():
    voices = [(Span(0, 0, 8), None), (Span(1, 0, 8), 5), (Span(0, 3, 11), 103)]
    assert position(voices, Span(0, 0, 11)) == 100


def test_a_passage_has_no_position_where_no_reader_of_its_text_sent_one():
    assert position([(Span(0, 0, 8), None), (Span(1, 0, 8), 5)], Span(0, 0, 8)) is None
