from datetime import timedelta
from types import SimpleNamespace

import pytest
from redis.exceptions import ConnectionError as RedisAway

from moderation.broker import make_redis
from moderation.models import WidgetDay
from moderation.services.sites.widget_health import MOST_REFUSED, WidgetHealth, forget_old, health_of
from tests.factories import NOON, ReportFactory, SiteFactory, WidgetDayFactory


@pytest.fixture
def site(session):
    return SiteFactory()


@pytest.fixture
def health(settings):
    return WidgetHealth(make_redis(settings))


@pytest.fixture
def shown(session, sessions, site, health):
    def store_and_read(now=NOON):
        health.store(sessions)
        session.expire_all()
        return health_of(session, site, now)

    return store_and_read


def test_a_site_that_was_never_seen(shown):
    seen = shown()
    assert (seen.last_seen_at, seen.is_alive, seen.opened, seen.pages, seen.refused) == (
        None,
        False,
        0,
        0,
        [],
    )


@pytest.mark.parametrize("version", ["1\x00", "1\n", "<b>", "я"])
def test_a_version_that_a_stranger_made_up_stops_no_figures(site, health, shown, version):
    health.seen(site.id, "https://news.example/a", version, NOON)
    seen = shown()
    assert (seen.opened, seen.version) == (1, None)


def test_opened_forms_are_counted_with_their_pages_and_version(site, health, shown):
    for page in ("/a", "/b", "/a"):
        health.seen(site.id, f"https://news.example{page}", "abc1", NOON)
    seen = shown()
    assert (seen.opened, seen.pages, seen.version, seen.is_alive) == (3, 2, "abc1", True)
    assert seen.last_seen_at == NOON


def test_days_are_added_up_for_a_week(site, health, shown):
    for back in (0, 1, 8):
        health.seen(site.id, "https://news.example/a", "v", NOON - timedelta(days=back))
    assert shown().opened == 2


def test_a_report_is_a_sign_of_life_too(site, shown):
    ReportFactory(site=site, created_at=NOON)
    assert shown().last_seen_at == NOON


def test_refused_origins_are_few_and_those_allowed_since_are_not_shown(site, health, shown, session):
    for number in range(MOST_REFUSED + 5):
        health.refused(site.id, f"https://n{number}.example/page?secret=1", NOON)
    for _ in range(3):
        health.refused(site.id, "https://www.news.example/a", NOON)
    health.refused(site.id, "nonsense", NOON)
    seen = shown()
    assert seen.refused[0] == ("https://www.news.example", 3)
    assert len(seen.refused) <= MOST_REFUSED
    site.origins = [*site.origins, "https://www.news.example"]
    session.commit()
    assert "https://www.news.example" not in dict(shown().refused)


def test_counts_that_redis_lost_do_not_shrink_the_stored_ones(site, health, shown):
    for _ in range(3):
        health.seen(site.id, "https://news.example/a", "v", NOON)
    shown()
    health.redis.flushdb()
    health.seen(site.id, "https://news.example/a", "v", NOON + timedelta(minutes=1))
    seen = shown()
    assert (seen.opened, seen.last_seen_at) == (3, NOON + timedelta(minutes=1))


def test_a_deleted_site_is_left_out(session, sessions, site, health):
    health.seen(site.id, "https://news.example/a", "v", NOON)
    session.delete(site)
    session.commit()
    health.store(sessions)
    assert session.query(WidgetDay).count() == 0


def test_without_redis_nobody_waits_twice(site):
    attempts = []

    def pipeline(**_):
        pipe = SimpleNamespace()
        for name in ("hset", "hincrby", "pfadd", "expire", "sadd", "hlen"):
            setattr(pipe, name, lambda *_, **__: None)

        def execute():
            attempts.append(1)
            raise RedisAway

        pipe.execute = execute
        return pipe

    health = WidgetHealth(SimpleNamespace(pipeline=pipeline), clock=lambda: 7.0)
    for _ in range(3):
        health.seen(site.id, "https://news.example/a", None, NOON)
    assert len(attempts) == 1


def test_old_days_are_deleted(session, sessions, site):
    for back in (1, 91):
        WidgetDayFactory(site=site, day=(NOON - timedelta(days=back)).date())
    forget_old(sessions, NOON)
    assert session.query(WidgetDay).count() == 1
