"""Running places go from one request to the next."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from moderation.web import capacity
from moderation.web.capacity import Places
from tests.support.running import eventually

NETWORK = "192.0.2.0"


@pytest.fixture
def left(monkeypatch):
    """Seconds that each thread's request has left."""
    seconds = threading.local()
    monkeypatch.setattr(capacity, "seconds_left", lambda: getattr(seconds, "value", 30.0))
    return seconds


def test_the_request_that_has_waited_longest_goes_first(left):
    places, order = Places(1, 3, 4), []
    assert places.take(NETWORK)

    def wait(name):
        assert places.take(NETWORK)
        order.append(name)
        places.leave(NETWORK)

    threads = []
    for name in ("first", "second", "third"):
        threads.append(threading.Thread(target=wait, args=(name,)))
        threads[-1].start()
        eventually(lambda: len(places._waiting) == len(threads))
    assert not places.take(NETWORK), "all waiting places are taken"
    places.leave(NETWORK)
    for thread in threads:
        thread.join(30)
    assert order == ["first", "second", "third"]


def test_a_request_that_gives_up_leaves_its_place_to_others(left):
    places = Places(1, 1, 2)
    assert places.take(NETWORK)
    left.value = 0.0
    assert not places.take(NETWORK)
    places.leave(NETWORK)
    left.value = 30.0
    assert places.take(NETWORK)


def test_no_place_is_lost_or_given_twice_whenever_requests_give_up(left):
    places, running, most = Places(3, 8, 11), [], []

    def request(seed):
        chance = random.Random(seed)
        for _ in range(300):
            left.value = chance.choice((0.0, 0.0005, 30.0))
            if places.take(NETWORK):
                running.append(1)
                most.append(len(running))
                threading.Event().wait(chance.random() / 1000)
                running.pop()
                places.leave(NETWORK)

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(request, range(10)))
    assert max(most) == 3
    assert not places.are_full(NETWORK)
    left.value = 0.0
    assert [places.take(NETWORK) for _ in range(4)] == [True, True, True, False]
