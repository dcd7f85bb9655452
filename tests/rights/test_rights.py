"""Every route with every role: one table, and it fails when a route is missing in it."""

import pytest

from tests.factories import bind
from tests.rights.account import ACCOUNT
from tests.rights.answers import ROLES
from tests.rights.api import API
from tests.rights.cases import CASES
from tests.rights.readers import ANYBODY
from tests.rights.sites import SITES
from tests.rights.way_in import WAY_IN
from tests.rights.world import World, csrf, filled
from tests.support.databases import empty

TABLE = ANYBODY | WAY_IN | ACCOUNT | CASES | SITES | API

# What a step that succeeds uses up. A case can be decided once.
USED_UP = (
    "{case}",
    "{other}",
    "{report}",
    "{bulk}",
    "{webhook}",
    "{member}",
    "{open}",
    "{receipt}",
    "{invited}",
)


def test_the_table_knows_every_route(app):
    routes = {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == set(TABLE)


@pytest.fixture(scope="module")
def read_world(shared_app, sessions, settings):
    """A world that all routes share that change nothing."""
    with sessions() as session:
        empty(session)
        bind(session)
        world = World(shared_app, session, settings)
        yield world, world.ids()


@pytest.fixture
def world(app, session, settings):
    """A world of one test."""
    return World(app, session, settings)


def assert_answers(route, answers):
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, TABLE[route][2], strict=True))


def is_sent_away(answer):
    """Return whether the answer sends somebody to the sign-in form."""
    return answer.status_code == 302 and answer.location.startswith("/desk/sign-in")


def assert_nobody_is_led_in(role, url, answer):
    if answer.status_code == 302 and url.startswith("/desk") and role == "nobody":
        assert answer.location.startswith(("/desk/sign-in", "/desk/queue")), answer.location


@pytest.mark.parametrize("route", [route for route in TABLE if route.startswith("GET ")])
def test_every_role_reads(read_world, route):
    world, values = read_world
    url, answers = TABLE[route][0].format(**values), []
    for role in ROLES:
        answer = world.client(role).get(url, headers=world.headers(role, url))
        answers.append(answer.status_code)
        assert_nobody_is_led_in(role, url, answer)
    assert_answers(route, answers)


@pytest.mark.parametrize("route", [route for route in TABLE if not route.startswith("GET ")])
def test_every_role_changes(world, route):
    path, sent, _ = TABLE[route]
    used = str((path, sent))
    answers, values = [], world.ids() if "{" in used else {}
    for role in ROLES:
        client, url = world.client(role), path.format(**values)
        if "_" in sent:
            body, headers = filled(sent, values), world.headers(role, url)
            answer = client.open(url, method=route.split()[0], json=body, headers=headers)
        else:
            answer = client.post(url, data={"csrf_token": csrf(client), **filled(sent, values)})
        answers.append(answer.status_code)
        assert_nobody_is_led_in(role, url, answer)
        world.session.rollback()
        has_changed = answer.status_code < 400 and not is_sent_away(answer)
        if has_changed and role != ROLES[-1] and any(name in used for name in USED_UP):
            values = world.ids()
    assert_answers(route, answers)
