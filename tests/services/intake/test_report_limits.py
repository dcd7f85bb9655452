"""Counting reports against limits: all windows of a batch in one round trip."""

import os
import signal
import threading
from uuid import uuid4

import pytest
from hypothesis import given, strategies
from hypothesis import settings as examples
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from moderation.broker import make_redis
from moderation.services.intake.report_limits import NOBODY, WIDE, Counted, ReportLimits, TooManyReports
from tests.support.running import eventually

READER, SITE = "3 per minute; 9 per day", "8 per hour"

AWAY = Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0))


@pytest.fixture
def limits(redis):
    return ReportLimits(redis, reader=READER, site=SITE)


def refused(refusals):
    return [isinstance(refusal, TooManyReports) for refusal in refusals]


def test_a_batch_costs_one_command(limits, redis):
    limits.count([NOBODY])  # nothing to ask
    limits.count([Counted("a")])  # Redis learns the script
    redis.config_resetstat()
    limits.count([Counted(str(number), "wide", "site") for number in range(20)])
    calls = {name: each["calls"] for name, each in redis.info("commandstats").items()}
    assert calls["cmdstat_evalsha"] == 1
    assert calls["cmdstat_incr"] == 20 * 5, "two windows of the reader, two of the /48, one of the site"


def test_the_wait_lasts_until_the_full_window_ends(limits):
    reader = Counted("anna")
    assert limits.count([reader] * 3) == [None] * 3
    [refusal] = limits.count([reader])
    assert 0 < refusal.seconds <= 60
    with pytest.raises(TooManyReports):
        limits.require(reader)


def test_a_reader_over_the_limit_does_not_count_for_the_site(limits):
    flood = [Counted("flood", site="one")] * 30
    assert refused(limits.count(flood)) == [False] * 3 + [True] * 27
    others = [Counted(f"reader {number}", site="one") for number in range(6)]
    assert refused(limits.count(others)) == [False] * 5 + [True]


def test_a_48_has_more_than_a_reader(limits):
    neighbours = [Counted(f"subscriber {number}", "2001:db8:1::/48") for number in range(3 * WIDE + 1)]
    assert refused(limits.count(neighbours)) == [False] * 3 * WIDE + [True]


def test_no_limit_asks_nobody(redis):
    free = ReportLimits(redis, reader="", site="")
    redis.config_resetstat()
    assert free.count([Counted("a", "b", "c")] * 3) == [None] * 3
    assert "cmdstat_evalsha" not in redis.info("commandstats")


def test_a_redis_that_forgot_the_script_learns_it_again(limits, redis):
    limits.require(Counted("a"))
    redis.script_flush()
    limits.require(Counted("a"))


def test_while_redis_is_away_this_process_counts(redis):
    now = [0.0]
    away = ReportLimits(AWAY, reader=READER, site="", clock=lambda: now[0])
    assert refused(away.count([Counted("anna")] * 4)) == [False] * 3 + [True]
    away._script = ReportLimits(redis, reader=READER, site="")._script
    assert refused(away.count([Counted("anna")])) == [True], "it asks again after some seconds only"
    now[0] = 6.0
    assert refused(away.count([Counted("anna")])) == [False]


def test_a_full_window_is_known_without_asking(redis):
    now = [100.0]
    limits = ReportLimits(redis, reader="2 per hour", site="", clock=lambda: now[0])
    anna = Counted("anna", site="one")
    assert refused(limits.count([anna] * 3)) == [False, False, True]
    redis.config_resetstat()
    with pytest.raises(TooManyReports) as known:
        limits.require_room(anna)
    assert 3590 < known.value.seconds <= 3600
    limits.require_room(Counted("boris", site="one"))
    assert "cmdstat_evalsha" not in redis.info("commandstats")
    redis.flushdb()  # by an operator, who lets them all report again
    now[0] += 10
    limits.require_room(anna)
    limits.require(anna)


def test_only_some_full_windows_are_known(redis):
    limits = ReportLimits(redis, reader="1 per hour", site="")
    crowd = [Counted(f"reader {number}") for number in range(5000)]
    limits.count(crowd)
    limits.count(crowd)
    assert len(limits._full._ends) == 4096
    limits.require_room(crowd[0])
    with pytest.raises(TooManyReports):
        limits.require_room(crowd[-1])


def test_a_slow_redis_counts_once(settings, redis):
    """The command that was given up is still run. It was sent again, and counted twice."""
    limits = ReportLimits(make_redis(settings, seconds=0.2), reader="3 per hour", site="")
    anna = Counted("anna")
    limits.require(anna)
    server = redis.info("server")["process_id"]
    wakes = threading.Timer(0.3, os.kill, (server, signal.SIGCONT))
    os.kill(server, signal.SIGSTOP)
    wakes.start()
    limits.require(anna)  # counted here: Redis does not answer in time
    wakes.join()
    eventually(lambda: int(redis.get("LIMITER/reports/reader/anna/3/1/hour")) >= 2)
    redis.ping()  # whatever was sent before is done
    assert redis.get("LIMITER/reports/reader/anna/3/1/hour") == b"2"


names = strategies.none() | strategies.sampled_from("abc")
batches = strategies.lists(strategies.lists(strategies.tuples(names, names, names), max_size=6), max_size=12)


@given(batches)
@examples(deadline=None, max_examples=60)
def test_redis_counts_as_the_library_does(url, batches):
    """The library counts one window after the other. It does so here when Redis is away."""
    run = uuid4().hex  # every example has its own windows
    counting = ReportLimits(Redis.from_url(url), reader=READER, site=SITE)
    model = ReportLimits(AWAY, reader=READER, site=SITE)
    for batch in batches:
        requests = [Counted(*(name and f"{run} {name}" for name in names)) for names in batch]
        assert refused(counting.count(requests)) == refused(model.count(requests))


@pytest.fixture(scope="module")
def url(stack):
    return stack.env["REDIS_URL"]
