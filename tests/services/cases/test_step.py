import pytest
from sqlalchemy import select

from moderation.domain.cases.lifecycle import CorrectionNotAllowed, StepNotAllowed
from moderation.models import Decision
from moderation.services.cases.step import Step, apply_step, close_mended, merge_away, reopen_returned
from tests.factories import NOON, CaseFactory, SuggestionFactory


@pytest.fixture
def case(session):
    return CaseFactory()


def apply(session, case, action, **fields):
    apply_step(session, case, Step(action=action, **fields), now=NOON)
    session.commit()


@pytest.mark.parametrize(("status", "action"), [("open", "reject"), ("open", "spam"), ("fixed", "reopen")])
def test_a_correction_with_an_action_that_carries_none_is_refused(session, status, action):
    case = CaseFactory(status=status)
    with pytest.raises(CorrectionNotAllowed):
        apply(session, case, action, correction="рассказал")
    assert (case.status, case.correction) == (status, None)


def test_accepting_without_a_correction_accepts_the_best_suggestion(session, case):
    for text, votes in (("рассказал", 3), ("поведал", 1)):
        SuggestionFactory(case=case, text=text, source="reader", votes=votes)
    session.commit()
    apply(session, case, "accept")
    assert case.correction == "рассказал"
    assert session.scalars(select(Decision)).one().correction == "рассказал"


def test_accepting_without_a_correction_or_a_suggestion_leaves_none(session, case):
    apply(session, case, "accept")
    assert (case.status, case.correction) == ("accepted", None)


def test_a_reopened_case_forgets_what_was_seen_on_the_page(session, case):
    close_mended(session, case, "otherwise", "поведал", now=NOON)
    assert (case.status, case.outcome, case.mended_text) == ("fixed", "otherwise", "поведал")
    apply(session, case, "reopen")
    assert (case.status, case.outcome, case.mended_text) == ("open", None, None)


def test_a_mistake_that_is_back_on_the_page_reopens_its_case(session):
    case = CaseFactory(status="fixed", outcome="as_suggested", mended_text="рассказал")
    reopen_returned(session, case, now=NOON)
    session.commit()
    assert (case.status, case.outcome, case.mended_text) == ("open", "still_there", None)
    [decision] = session.scalars(select(Decision))
    assert (decision.cause, decision.editor_id, decision.note) == ("back_on_page", None, None)


def test_a_case_without_reports_is_not_reopened(session, case):
    into = CaseFactory()
    case.report_count = 0
    merge_away(session, case, into, now=NOON)
    assert (case.status, case.merged_into_id) == ("rejected", into.id)
    with pytest.raises(StepNotAllowed):
        apply(session, case, "reopen")


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_a_decision_that_needs_the_page_again_has_it_rechecked(session, case, action):
    apply(session, case, action)
    assert (case.page.check_at is not None) == (action == "accept")
