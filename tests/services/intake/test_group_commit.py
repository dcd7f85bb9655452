import threading

import pytest
from sqlalchemy.exc import TimeoutError as DatabaseTimeout

from moderation.services.intake.group_commit import GroupCommit


class Store:
    """Stores nothing, remembers its batches; the first one waits for `go`."""

    def __init__(self):
        self.batches = []
        self.go = threading.Event()
        self.entered = threading.Event()

    def __call__(self, items):
        self.batches.append(list(items))
        self.entered.set()
        assert self.go.wait(10)
        if "bad" in items:
            raise RuntimeError("refused")
        return [item * 2 for item in items]


@pytest.fixture
def store():
    return Store()


def in_thread(group, item, results):
    def add():
        try:
            results[item] = group.add(item)
        except RuntimeError as error:
            results[item] = error

    thread = threading.Thread(target=add)
    thread.start()
    return thread


def waiting(group, count):
    """Wait until so many stand in line."""
    deadline = threading.Event()
    for _ in range(1000):
        if group.waiting == count:
            return
        deadline.wait(0.01)
    raise AssertionError("they never came")


def test_one_alone_is_stored_at_once(store):
    store.go.set()
    assert GroupCommit(store, stored=lambda: None).add(3) == 6


def test_those_who_come_meanwhile_share_the_next_batch(store):
    group, results, told = GroupCommit(store, stored=lambda: told.append(1)), {}, []
    threads = [in_thread(group, 1, results)]
    assert store.entered.wait(10)
    threads += [in_thread(group, item, results) for item in (2, 3, 4)]
    waiting(group, 3)
    store.go.set()
    for thread in threads:
        thread.join(10)
    assert [len(batch) for batch in store.batches] == [1, 3]
    assert results == {1: 2, 2: 4, 3: 6, 4: 8}
    assert told == [1, 1]


def test_a_failed_batch_fails_for_each_and_the_next_goes_on(store):
    group, results = GroupCommit(store, stored=lambda: None), {}
    threads = [in_thread(group, "bad", results)]
    assert store.entered.wait(10)
    threads.append(in_thread(group, 5, results))
    waiting(group, 1)
    store.go.set()
    for thread in threads:
        thread.join(10)
    assert isinstance(results["bad"], RuntimeError)
    assert results[5] == 10


def test_a_batch_is_bounded(store):
    group, results = GroupCommit(store, stored=lambda: None, most=2), {}
    threads = [in_thread(group, 1, results)]
    assert store.entered.wait(10)
    threads += [in_thread(group, item, results) for item in (2, 3, 4)]
    waiting(group, 3)
    store.go.set()
    for thread in threads:
        thread.join(10)
    assert sorted(len(batch) for batch in store.batches) == [1, 1, 2]
    assert results == {1: 2, 2: 4, 3: 6, 4: 8}


def test_a_thread_whose_time_is_over_stops_waiting_and_the_next_batch_is_stored_without_it(store):
    patience = {1: 60.0, 2: 0.0, 3: 60.0}
    item_of = {}
    group = GroupCommit(
        store, stored=lambda: None, seconds_left=lambda: patience[item_of[threading.get_ident()]]
    )
    results = {}

    def add(item):
        item_of[threading.get_ident()] = item
        try:
            results[item] = group.add(item)
        except DatabaseTimeout as error:
            results[item] = error

    threads = [threading.Thread(target=add, args=(item,)) for item in (1, 2, 3)]
    threads[0].start()
    assert store.entered.wait(10)
    threads[1].start()
    threads[1].join(10)
    threads[2].start()
    waiting(group, 1)
    store.go.set()
    for thread in threads:
        thread.join(10)
    assert isinstance(results.pop(2), DatabaseTimeout)
    assert results == {1: 2, 3: 6}
    assert store.batches == [[1], [3]]
