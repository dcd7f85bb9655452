from dataclasses import replace

import pytest

from moderation.broker import make_redis
from moderation.services.cases.presence import Presence
from tests.factories import CaseFactory, EditorFactory


@pytest.fixture
def people(session):
    return EditorFactory(is_owner=True, name="Анна"), EditorFactory(is_owner=True)


def test_other_editors_see_the_viewer_of_a_case_and_the_viewer_does_not(redis, people):
    anna, boris = people
    case, other = CaseFactory(), CaseFactory()
    presence = Presence(redis)
    presence.enter(anna, case.id)
    presence.enter(boris, case.id)  # the first viewer stays
    assert presence.of_others(boris, [other.id, case.id]) == {case.id: "Анна"}
    assert presence.of_others(anna, [case.id]) == {}


def test_leaving_a_case_removes_only_the_editors_own_entry(redis, people):
    anna, boris = people
    case, presence = CaseFactory(), Presence(redis)
    presence.enter(anna, case.id)
    presence.leave(boris, case.id)
    assert presence.of_others(boris, [case.id])
    presence.leave(anna, case.id)
    assert presence.of_others(boris, [case.id]) == {}


def test_an_entry_expires_by_itself(redis, people):
    case = CaseFactory()
    Presence(redis).enter(people[0], case.id)
    assert 0 < redis.ttl(f"corrigenda:presence:{case.id}") <= 12


def test_without_redis_there_are_no_viewers_and_no_errors(people, settings):
    presence = Presence(make_redis(replace(settings, redis_url="redis://127.0.0.1:1")))
    case = CaseFactory()
    presence.enter(people[0], case.id)
    presence.leave(people[0], case.id)
    assert presence.of_others(people[1], [case.id]) == {}
