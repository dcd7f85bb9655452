"""The work on fragments grows with the number of quotes, and contexts of two places are never joined."""

import random

import pytest

from moderation.domain.text.fragments import Fragments
from moderation.domain.text.normalise import Quote

BODY = "Вчера мост открыли для проезда. Движение по нему пустят в субботу утром. Затем его осмотрят."


def random_quotes(count, seed=1):
    letters, chosen = "абвгдежзик ", random.Random(seed)
    return [Quote("".join(chosen.choices(letters, k=1400))) for _ in range(count)]


def test_different_quotes_cost_no_comparisons():
    assert Fragments(random_quotes(300)).comparisons < 300


def test_comparisons_grow_with_the_number_of_quotes_that_overlap_everything():
    few, many = (Fragments([Quote("аб" * 30 + str(n)) for n in range(count)]) for count in (100, 1000))
    assert many.comparisons <= 12 * few.comparisons


def test_beyond_a_thousand_quotes_each_further_quote_is_a_fragment_of_its_own():
    quotes = [Quote(f"{'я' * 40}{n}") for n in range(1500)]
    fragments = Fragments(quotes)
    assert len({fragments.place(quote).text for quote in quotes}) == 1500


def test_a_long_chain_of_contexts_makes_one_fragment():
    text = " ".join(f"слово{n}" for n in range(3000))
    quotes = [Quote(text[at : at + 200]) for at in range(0, len(text) - 200, 100)]
    fragments = Fragments(quotes)
    assert {fragments.place(quote).text for quote in quotes} == {1}
    assert [fragments.place(quote).start for quote in quotes] == list(range(0, len(text) - 200, 100))


@pytest.mark.parametrize(
    "other", [Quote("мост", "Вчера ", " открыли"), Quote("", "Вчера мост", ""), Quote("")]
)
def test_an_empty_quote_has_an_empty_span(other):
    fragments = Fragments([Quote(""), other])
    span = fragments.place(Quote(""))
    assert (span.start, span.end) == (0, 0)
    assert fragments.around(span, 20).exact == ""


def test_an_unknown_quote_is_refused():
    with pytest.raises(ValueError, match="not made with this quote"):
        Fragments([Quote("раз")]).place(Quote("два"))


def test_contexts_read_at_different_positions_are_not_joined():
    teaser = Quote("пустят", "Мосты города ждут ремонта. Движение по нему ", " в субботу утром.")
    body = Quote("осмотрят", "Движение по нему пустят в субботу утром. Затем его ", ".")
    near = Fragments([teaser, body], [40, 80])
    far = Fragments([teaser, body], [40, 2080])
    assert near.place(teaser).text == near.place(body).text
    assert far.place(teaser).text != far.place(body).text


def test_a_sentence_that_stands_twice_does_not_join_its_two_surroundings():
    sentence = Quote("Движение по нему пустят в субботу утром.")
    first = Quote("пустят", "Коротко о главном. Движение по нему ", " в субботу утром. Подробнее о погоде")
    second = Quote("пустят", BODY[:49], BODY[55:])
    fragments = Fragments([sentence, first, second])
    assert fragments.place(first).text != fragments.place(second).text


def test_the_context_shown_is_one_readers_own():
    left = Quote("открыли", BODY[:11], BODY[18:72])
    right = Quote("осмотрят", BODY[32:83], BODY[91:])
    fragments = Fragments([left, right])
    assert fragments.place(left).text == fragments.place(right).text
    shown = fragments.around(fragments.place(right), 200)
    assert (shown.prefix, shown.exact, shown.suffix) == (right.prefix, right.exact, right.suffix)


def test_letter_case_alone_makes_no_fragment_of_its_own():
    small, capital = Quote("мост", "новый ", " открыт"), Quote("МОСТ", "новый ", " открыт")
    fragments = Fragments([small, capital])
    assert fragments.place(small) == fragments.place(capital)
