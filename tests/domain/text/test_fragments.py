import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.fragments import Fragments, Span
from moderation.domain.text.normalise import Quote

TEXT = "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин. По его словам."


def quote(start, end, around=32):
    return Quote(TEXT[start:end], TEXT[max(0, start - around) : start], TEXT[end : end + around])


def test_quotes_that_overlap_are_comparable():
    first, second = quote(15, 23), quote(27, 34)
    fragments = Fragments([first, second])
    a, b = fragments.place(first), fragments.place(second)
    assert (a.text, b.start - a.start) == (b.text, 12)


def test_a_quote_between_two_joins_their_fragments():
    left, right = Quote("новых", "О ", " сроках"), Quote("Савин", "города Пётр ", ".")
    assert Fragments([left, right]).place(left).text != Fragments([left, right]).place(right).text
    between = quote(35, 45, around=48)
    fragments = Fragments([left, right, between])
    assert fragments.place(left).text == fragments.place(right).text == fragments.place(between).text
    assert fragments.place(right).start - fragments.place(left).start == TEXT.index("Савин") - 2


def test_strangers_stay_apart():
    quotes = [Quote("да", "один ", " раз"), Quote("нет", "второй ", " раз")]
    fragments = Fragments(quotes)
    assert fragments.place(quotes[0]).text != fragments.place(quotes[1]).text


@pytest.mark.parametrize(("position", "together"), [(15, True), (14, False), (None, False)])
def test_the_same_word_at_the_same_position_is_one_though_one_reader_sent_the_text_before_it(
    position, together
):
    before, after = Quote("расказал", TEXT[:15], ""), Quote("расказал", "", TEXT[23:60])
    fragments = Fragments([before, after], [15, position])
    assert (fragments.place(before) == fragments.place(after)) is together


def test_it_shows_what_stands_around():
    narrow, wide = quote(15, 23, around=14), quote(15, 23)
    fragments = Fragments([narrow, wide])
    around = fragments.around(fragments.place(narrow), 20)
    assert (around.exact, around.prefix, around.suffix) == (TEXT[15:23], TEXT[:15], TEXT[23:43])


def test_a_span_that_no_reader_shows_as_a_whole_is_quoted_from_the_joined_text():
    left, right = Quote(TEXT[:30]), Quote(TEXT[15:60])
    fragments = Fragments([left, right])
    start = fragments.place(left)
    around = fragments.around(Span(start.text, start.start + 5, start.start + 50), 10)
    assert around == Quote(TEXT[5:50], TEXT[:5], TEXT[50:60])


def test_contexts_that_contradict_a_joined_fragment_stay_apart():
    shared = "одно и то же начало"
    first, second = Quote(f"Было {shared} и конец."), Quote(f"{shared} и конец. Дальше дождь.")
    other = Quote(f"{shared} и конец. Дальше снег пошёл.")
    fragments = Fragments([first, second, other])
    assert fragments.place(second).text != fragments.place(other).text


def test_a_context_that_stands_before_a_joined_fragment_joins_it_too():
    pieces = [Quote(TEXT[start:end]) for start, end in ((30, 75), (15, 60), (0, 30))]
    fragments = Fragments(pieces)
    spans = [fragments.place(piece) for piece in pieces]
    assert [(span.text, span.start) for span in spans] == [(1, 30), (1, 15), (1, 0)]


def test_of_two_beginnings_of_one_text_the_longer_one_joins_it():
    longer = Quote("Совсем другое начало дня, а потом общий конец фразы")
    shorter = Quote("Иное, а потом общий конец фразы")
    ending = Quote("а потом общий конец фразы и ещё много продолжения")
    fragments = Fragments([longer, shorter, ending])
    assert fragments.place(longer).text == fragments.place(ending).text != fragments.place(shorter).text


def test_a_quote_that_the_fragments_were_not_made_with_has_no_place():
    with pytest.raises(ValueError, match="were not made with this quote"):
        Fragments([Quote("слово")]).place(Quote("дело"))


def test_spans_of_different_texts_share_nothing():
    assert (Span(1, 0, 8).shared(Span(2, 0, 8)), Span(1, 0, 8).shared(Span(1, 5, 20))) == (0, 3)


@given(st.permutations(range(8)), st.data())
def test_the_order_of_the_quotes_does_not_matter(order, data):
    starts = data.draw(st.lists(st.integers(0, len(TEXT) - 2), min_size=8, max_size=8))
    quotes = [quote(start, min(len(TEXT), start + 5), around=20) for start in starts]
    one, other = Fragments(quotes), Fragments([quotes[index] for index in order])

    def together(fragments):
        spans = [fragments.place(each) for each in quotes]
        return [[a.text == b.text and b.start - a.start for b in spans] for a in spans]

    assert together(one) == together(other)
