from typing import get_args

import pytest

from moderation.domain.pages.reading import UnreadReason, reason_of_status, state_of


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "not_found"), (410, "not_found"), (403, "access_denied"), (451, "access_denied"),
        (429, "busy"), (503, "busy"), (500, "server_error"), (418, "server_error"),
    ],
)  # fmt: skip
def test_every_status_that_is_not_200_has_a_reason(status, reason):
    assert reason_of_status(status) == reason


@pytest.mark.parametrize(
    ("reason", "state"),
    [("not_found", "gone"), ("robots", "refused"), ("no_text", "unreadable"), ("too_slow", "unreachable")],
)
def test_a_reason_tells_the_state_of_the_page(reason, state):
    assert state_of(reason) == state


def test_every_reason_has_a_state():
    assert {state_of(reason) for reason in get_args(UnreadReason)} == {
        "gone",
        "refused",
        "unreadable",
        "unreachable",
    }
