"""The turn of a page among those with the same path."""

import pytest

from moderation.domain.pages.turn import FIRST_TURN, LAST_TURN, turn_among


@pytest.mark.parametrize(
    ("siblings", "turn"),
    [(0, FIRST_TURN), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3), (8, 4), (10**6, LAST_TURN)],
)
def test_each_further_turn_holds_twice_as_many_pages(siblings, turn):
    assert turn_among(siblings) == turn
