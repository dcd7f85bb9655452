import pytest

from moderation.services.accounts.access import Forbidden
from moderation.services.accounts.disable import disable_editor
from moderation.services.cases.assign import CannotAssign, assign, assignable, assignees_to_filter
from tests.factories import NOON, CaseFactory, EditorFactory, SiteFactory


@pytest.fixture
def editor(site):
    return EditorFactory(role="editor", role__site=site, name="Борис")


def test_a_case_is_given_and_taken_back(session, site, editor):
    case = CaseFactory(site=site)
    assert assign(session, editor, case.id, editor.id).assignee_id == editor.id
    assert assign(session, editor, case.id, None).assignee_id is None


def test_only_to_who_decides_there(session, site, editor):
    viewer = EditorFactory(role="viewer", role__site=site)
    stranger = EditorFactory(role="admin", role__site=SiteFactory())
    owner = EditorFactory(is_owner=True, name="Анна")
    assert [one.id for one in assignable(session, [site.id])] == [owner.id, editor.id]
    case = CaseFactory(site=site)
    for nobody in (viewer, stranger):
        with pytest.raises(CannotAssign):
            assign(session, editor, case.id, nobody.id)
    with pytest.raises(Forbidden):
        assign(session, viewer, case.id, None)


def test_a_disabled_account_gets_no_case_and_its_cases_are_still_found(session, site, editor):
    case, left = CaseFactory(site=site), EditorFactory(role="editor", role__site=site, name="Яна")
    assign(session, editor, case.id, left.id)
    disable_editor(session, left, NOON)
    session.commit()
    assert [one.id for one in assignable(session, [site.id])] == [editor.id]
    assert [one.id for one in assignees_to_filter(session, [site.id])] == [editor.id, left.id]
    with pytest.raises(CannotAssign):
        assign(session, editor, CaseFactory(site=site).id, left.id)
    assert case.assignee_id == left.id
