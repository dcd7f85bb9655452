import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.cases.grouping import Selection, group
from moderation.domain.text.fragments import Span


def at(start, end, corrects=False, fixed=None, text=0):
    return Selection(Span(text, start, end), corrects, fixed)


def together(selections):
    """Which selections share a group, whatever its number."""
    numbers = group(selections)
    return [[a == b for b in numbers] for a in numbers]


@pytest.mark.parametrize(
    ("selections", "groups"),
    [
        ([at(10, 18)], [0]),
        ([at(10, 18), at(10, 18)], [0, 0]),
        ([at(10, 18), at(5, 30), at(0, 90)], [0, 0, 0]),
        ([at(10, 18), at(20, 25)], [0, 1]),
        ([at(10, 18), at(10, 18, text=1)], [0, 1]),
        ([at(10, 18), at(20, 25), at(0, 90)], [0, 1, 2]),
        ([at(10, 18), at(20, 25), at(0, 90), at(0, 90)], [0, 1, 2, 2]),
        ([at(10, 18), at(20, 25), at(0, 90), at(1, 80)], [0, 1, 2, 3]),
        ([at(10, 18), at(20, 25), at(9, 22, corrects=True)], [0, 1, 0]),
        ([at(0, 90), at(40, 50)], [0, 0]),
        ([at(10, 18, fixed=0), at(12, 30)], [0, 0]),
        ([at(10, 18, fixed=0), at(20, 25), at(10, 18)], [0, 1, 0]),
        ([at(10, 18, fixed=1), at(10, 18, fixed=0)], [1, 0]),
    ],
)
def test_who_speaks_of_the_same(selections, groups):
    expected = [[a == b for b in groups] for a in groups]
    assert together(selections) == expected


SELECTIONS = st.lists(
    st.builds(
        lambda start, length, corrects: at(start, start + length, corrects),
        st.integers(0, 40),
        st.integers(1, 20),
        st.booleans(),
    ),
    max_size=12,
)


@given(SELECTIONS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(selections, random):
    order = list(range(len(selections)))
    random.shuffle(order)
    shuffled = together([selections[index] for index in order])
    known = together(selections)
    assert shuffled == [[known[a][b] for b in order] for a in order]


def test_a_cut_word_that_was_found_in_the_next_word_brings_no_two_mistakes_together():
    """The third word was mended. The first, a piece of it, was found in the second, which starts alike."""
    piece = Selection(Span(0, 58, 61), in_contexts=Span(1, 72, 75))
    neighbour = Selection(Span(0, 58, 65), in_contexts=Span(1, 58, 65))
    mended = Selection(Span(1, 72, 79), in_contexts=Span(1, 72, 79))
    assert together([piece, neighbour, mended]) == [
        [True, False, True],
        [False, True, False],
        [True, False, True],
    ]


def test_copies_of_a_paragraph_that_now_stand_at_one_place_stay_together():
    first = Selection(Span(0, 10, 18), in_contexts=Span(1, 10, 18))
    second = Selection(Span(0, 10, 18), in_contexts=Span(1, 90, 98))
    assert together([first, second]) == [[True, True], [True, True]]
