from moderation.domain.cases.votes import Voice, count_votes
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
