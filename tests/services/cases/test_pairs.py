"""Cases with the same wrong text and replacement."""

import pytest

from moderation.services.cases import bulk
from moderation.services.cases.filter import Filter
from moderation.services.cases.pairs import SamePair, pair_digest, remember_pair, same_pair
from moderation.services.cases.queue import count_matching
from moderation.services.cases.step import Step, apply_step
from tests.factories import NOON, CaseFactory, EditorFactory, SuggestionFactory


def pair_case(session, site, right="рассказал", **more):
    case = CaseFactory(site=site, **more)
    SuggestionFactory(case=case, text=right)
    session.refresh(case)
    remember_pair(case)
    session.commit()
    return case


def test_the_exact_pair_counts_and_other_forms_and_sites_do_not(session, site):
    case = pair_case(session, site)
    pair_case(session, site)
    pair_case(session, site, "рассказала", exact="расказала")
    pair_case(session, site, "рассказывал")
    pair_case(session, CaseFactory().site)
    pair_case(session, site, status="rejected")
    assert same_pair(session, case) == SamePair(open=1, rejected=1)
    assert same_pair(session, CaseFactory(site=site)) == SamePair(0, 0)


def test_the_pair_follows_the_correction_that_an_editor_accepts(session, site, editor):
    case = pair_case(session, site)
    apply_step(session, case, Step(action="accept", by=editor.id, correction="поведал"), now=NOON)
    assert case.pair == pair_digest("расказал", "поведал")
    apply_step(session, case, Step(action="reopen", by=editor.id), now=NOON)
    assert case.pair == pair_digest("расказал", "рассказал")


def test_all_with_the_pair_are_decided_in_one_step_with_one_undo(session, site, editor):
    cases = [pair_case(session, site) for _ in range(3)]
    other = pair_case(session, site, "рассказывал")
    wanted = Filter(site=site.id, status="open", pair=cases[0].pair)
    assert count_matching(session, editor, wanted) == 3
    made = bulk.ask_matching(session, editor, "accept", wanted, confirmed=3, now=NOON)
    assert set(bulk.done_cases(session, made)) == {case.id for case in cases}
    for case in (*cases, other):
        session.refresh(case)
    assert [case.correction for case in cases] == ["рассказал"] * 3 and other.status == "open"
    bulk.undo(session, editor, made.id, NOON)
    assert count_matching(session, editor, wanted) == 3


@pytest.fixture
def editor(site):
    return EditorFactory(role="editor", role__site=site)
