"""New rules are applied to open cases when an admin asks, and undone."""

import pytest

from moderation.services.cases.assign import assign
from moderation.services.cases.route_open import apply_to_open, count_assignable, take_back
from tests.factories import (
    CaseFactory,
    EditorFactory,
    PageFactory,
    SiteFactory,
)


@pytest.fixture
def waiting(session, site):
    """Three open cases of a page in the section: free, assigned by a person, and unassigned by a person."""
    page = PageFactory(site=site, url=f"{site.origins[0]}/open", section="Город")
    cases = [CaseFactory(site=site, page=page, exact=f"слово{n}") for n in range(3)]
    owner = EditorFactory(is_owner=True)
    assign(session, owner, cases[1].id, owner.id)
    assign(session, owner, cases[2].id, None)
    return cases


def test_new_rules_are_applied_to_open_cases_when_asked_and_undone(session, site, waiting, route, member):
    admin, free = EditorFactory(role="admin", role__site=site), waiting[0]
    persons = [case.assignee_id for case in waiting[1:]]
    assert count_assignable(session, site) == 0
    route({"by": "section", "value": "Город", "member": member.id})
    assert count_assignable(session, site) == 1
    done = apply_to_open(session, admin, site)
    assert [(one.case, one.to, one.before) for one in done] == [(free.id, member.id, None)]
    assert (free.assignee_id, free.assigned_by, count_assignable(session, site)) == (member.id, "rule", 0)
    assert take_back(session, admin, site, done) == 1
    assert (free.assignee_id, free.assigned_by) == (None, None)
    assert [case.assignee_id for case in waiting[1:]] == persons


def test_an_undo_leaves_alone_what_a_person_did_since(session, site, waiting, route, member):
    admin, free = EditorFactory(role="admin", role__site=site), waiting[0]
    route({"by": "section", "value": "Город", "member": member.id})
    done = apply_to_open(session, admin, site)
    assign(session, admin, free.id, admin.id)
    assert take_back(session, admin, site, done) == 0
    assert free.assignee_id == admin.id
    assert take_back(session, admin, SiteFactory(), done) == 0, "nor cases of another site"
