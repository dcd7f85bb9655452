from dataclasses import replace

import pytest

from moderation.broker import make_redis
from moderation.services.cases.presence import Claims
from tests.factories import CaseFactory, EditorFactory


@pytest.fixture
def people(session):
    return EditorFactory(is_owner=True, name="Анна"), EditorFactory(is_owner=True)


def test_others_see_who_looks_and_oneself_does_not(redis, people):
    anna, boris = people
    case, other = CaseFactory(), CaseFactory()
    claims = Claims(redis)
    claims.look(anna, case.id)
    claims.look(boris, case.id)  # who came first stays
    assert claims.of_others(boris, [other.id, case.id]) == {case.id: "Анна"}
    assert claims.of_others(anna, [case.id]) == {}


def test_leaving_lets_go_of_ones_own_only(redis, people):
    anna, boris = people
    case, claims = CaseFactory(), Claims(redis)
    claims.look(anna, case.id)
    claims.leave(boris, case.id)
    assert claims.of_others(boris, [case.id])
    claims.leave(anna, case.id)
    assert claims.of_others(boris, [case.id]) == {}


def test_it_lets_go_by_itself(redis, people):
    case = CaseFactory()
    Claims(redis).look(people[0], case.id)
    assert 0 < redis.ttl(f"corrigenda:claim:{case.id}") <= 12


def test_without_redis_nobody_looks_and_nothing_fails(people, settings):
    claims = Claims(make_redis(replace(settings, redis_url="redis://127.0.0.1:1")))
    case = CaseFactory()
    claims.look(people[0], case.id)
    claims.leave(people[0], case.id)
    assert claims.of_others(people[1], [case.id]) == {}
