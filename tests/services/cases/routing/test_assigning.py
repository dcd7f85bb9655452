"""Rules of a site assign cases, at once or when the page was read."""

import pytest

from moderation.services.cases.assign import assign
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import list_cases
from tests.factories import (
    EditorFactory,
)


def test_a_case_is_assigned_when_its_page_was_read_and_the_next_one_at_once(
    show, route, member, report, read
):
    other = EditorFactory(is_owner=True)
    route(
        {"by": "section", "value": "спорт", "member": other.id},
        {"by": "author", "value": "анна лебедева", "member": member.id},
        {"by": "section", "value": "Город", "member": other.id},
    )
    case = report()
    assert case.assignee_id is None
    read()
    assert (case.assignee_id, case.assigned_by, case.page.section) == (member.id, "rule", "Город")
    assert report("сроках").assignee_id == member.id
    show(author="Другая", section="Спорт")
    read()
    assert case.assignee_id == other.id


def test_a_rule_never_changes_what_a_person_assigned_or_unassigned(
    session, show, route, member, report, read
):
    owner = EditorFactory(is_owner=True)
    route({"by": "section", "value": "Город", "member": member.id})
    first, second = report(), report("сроках")
    assign(session, owner, first.id, owner.id)
    assign(session, owner, second.id, None)
    read()
    assert (first.assignee_id, second.assignee_id) == (owner.id, None)


@pytest.mark.parametrize("role", ["viewer", None])
def test_a_member_who_cannot_decide_gets_nothing(site, show, route, report, read, role):
    someone = EditorFactory(role=role, role__site=site) if role else EditorFactory()
    route({"by": "section", "value": "Город", "member": someone.id})
    case = report()
    read()
    assert case.assignee_id is None


def test_the_queue_by_section_and_author(session, member, show, report, read):
    case = report()
    read()
    for found, fields in (
        ([case], {"section": "ГОРОД"}), ([case], {"section": case.page.url[:-1]}), ([], {"section": "Спорт"}),
        ([case], {"author": "Анна Лебедева"}), ([], {"author": "Анна"}),
    ):  # fmt: skip
        assert list(list_cases(session, member, Filter(**fields)).items) == found
