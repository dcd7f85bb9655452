from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.fragments import Fragments
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


def test_it_shows_what_stands_around():
    narrow, wide = quote(15, 23, around=14), quote(15, 23)
    fragments = Fragments([narrow, wide])
    around = fragments.around(fragments.place(narrow), 20)
    assert (around.exact, around.prefix, around.suffix) == (TEXT[15:23], TEXT[:15], TEXT[23:43])


@given(st.permutations(range(8)), st.data())
def test_the_order_of_the_quotes_does_not_matter(order, data):
    starts = data.draw(st.lists(st.integers(0, len(TEXT) - 2), min_size=8, max_size=8))
    quotes = [quote(start, min(len(TEXT), start + 5), around=20) for start in starts]
    one, other = Fragments(quotes), Fragments([quotes[index] for index in order])

    def together(fragments):
        spans = [fragments.place(each) for each in quotes]
        return [[a.text == b.text and b.start - a.start for b in spans] for a in spans]

    assert together(one) == together(other)
