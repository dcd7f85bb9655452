"""Links to a passage."""

from moderation.domain.text.normalise import Quote
from moderation.domain.text.text_fragment import link_to_passage

PAGE = "https://news.example/a"


def test_a_passage_is_named_with_the_whole_words_around_it():
    quote = Quote("well-known, a & b", "ssengers will soon see ", " in the cit")
    assert link_to_passage(PAGE + "#top", quote) == (
        f"{PAGE}#:~:text=soon%20see-,well%2Dknown%2C%20a%20%26%20b,-in%20the"
    )


def test_a_context_that_touches_the_passage_is_left_out():
    assert link_to_passage(PAGE, Quote("слово", "в начале («", "») и дальше")).endswith(
        "#:~:text=%D1%81%D0%BB%D0%BE%D0%B2%D0%BE"
    )


def test_a_long_passage_is_named_by_its_ends():
    link = link_to_passage(PAGE, Quote(" ".join(f"word{number}" for number in range(40)), "", ""))
    assert link.endswith("text=word0%20word1%20word2%20word3,word36%20word37%20word38%20word39")
    assert link_to_passage(PAGE, Quote("", "", "")) == PAGE
