import pytest

from moderation.domain.cases.lifecycle import (
    ACTIONS,
    CLOSED,
    DECIDED,
    DISMISSED,
    STATUSES,
    WAITING,
    CorrectionNotAllowed,
    StepNotAllowed,
    after,
    allowed,
    carries_correction,
    default_correction,
)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "open"])
def test_every_decided_case_can_be_reopened(status):
    assert after(status, "reopen") == "open"


def test_an_open_case_can_be_decided_but_not_reopened():
    assert allowed("open") == ("accept", "reject", "spam", "fix")
    with pytest.raises(StepNotAllowed, match="open does not allow reopen"):
        after("open", "reopen")


def test_only_an_accepted_case_is_fixed_later():
    assert [status for status in STATUSES if "fix" in allowed(status)] == ["open", "accepted"]


def test_what_is_allowed_is_what_leads_somewhere():
    for status in STATUSES:
        for action in ACTIONS:
            if action in allowed(status):
                assert after(status, action) in STATUSES
            else:
                with pytest.raises(StepNotAllowed):
                    after(status, action)


def test_the_sets_of_statuses_cover_every_status():
    assert {*WAITING, *CLOSED} == {"open", *DECIDED} == set(STATUSES)
    assert not {*WAITING} & {*CLOSED} and {*DISMISSED} < {*CLOSED}


def test_only_accept_and_fix_carry_a_correction():
    assert [action for action in ACTIONS if carries_correction(action)] == ["accept", "fix"]


def test_accepting_without_a_correction_means_the_best_suggestion():
    assert default_correction("accept", "рассказал") == "рассказал"
    assert default_correction("fix", "рассказал") is None


def test_a_correction_that_an_action_does_not_carry_is_refused_by_name():
    refused = CorrectionNotAllowed("reject")
    assert refused.action == "reject"
    assert str(refused) == "The action reject carries no correction. Leave it out."
