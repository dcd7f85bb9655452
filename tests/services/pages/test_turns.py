"""Whose turn it is to ask a host."""

from threading import Thread

import pytest

from moderation.services.pages.turns import HostBusy, HostTurns

HOST = "news.example"


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def turns(clock):
    return HostTurns(clock=clock, sleep=clock.sleep)


def test_there_is_a_pause_from_the_start_of_one_request_to_the_start_of_the_next(turns, clock):
    with turns.turn(HOST, 1.0):
        clock.now += 0.3
    assert turns.seconds_until_free(HOST) == pytest.approx(0.7)
    with turns.turn(HOST, 1.0) as waited:
        assert waited == pytest.approx(0.7)


def test_hosts_do_not_wait_for_each_other(turns):
    with turns.turn(HOST, 1.0), turns.turn("other.example", 1.0) as waited:
        assert waited == 0


def test_a_host_that_asked_for_a_long_pause_is_busy(turns):
    turns.pause(HOST, 600)
    with pytest.raises(HostBusy), turns.turn(HOST, 1.0):
        pass


def test_two_threads_never_hold_one_host_at_a_time():
    turns, inside, most = HostTurns(), [], []

    def ask():
        with turns.turn(HOST, 0.0):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_two_workers_share_a_host_s_turn_through_redis(redis, clock):
    first, second = (HostTurns(redis, clock, clock.sleep, patience=1.0) for _ in range(2))
    with first.turn(HOST, 60.0), pytest.raises(HostBusy), second.turn(HOST, 60.0):
        pass
    with pytest.raises(HostBusy), second.turn(HOST, 60.0):
        pass


def test_the_long_pause_of_one_site_does_not_hold_up_another_site_of_the_host(turns):
    """Anybody who runs a site can name the host of another one, and have it asked once per minute."""
    with turns.turn(HOST, 60.0, "hostile"):
        pass
    with turns.turn(HOST, 1.0, "other") as waited:
        assert waited == pytest.approx(1.0)
    with pytest.raises(HostBusy), turns.turn(HOST, 60.0, "hostile"):
        pass
