import threading

import pytest

from tests.support.running import eventually
from worker.drains import Drains


def test_a_process_drains_with_one_thread_and_once_more_for_those_that_it_refused():
    begun, may_end = [], threading.Event()

    def drain():
        begun.append(threading.current_thread())
        assert may_end.wait(30)

    drains = Drains(drain)
    thread = threading.Thread(target=drains, daemon=True)
    thread.start()
    eventually(lambda: len(begun) == 1)
    for _ in range(3):
        drains()
    assert len(begun) == 1, "the others return at once"
    may_end.set()
    thread.join(30)
    assert begun == [thread, thread], "their work is looked for once"


def test_no_request_for_a_drain_is_lost_whenever_it_comes():
    counts, drained = {"asked": 0, "seen": 0}, []

    def drain():
        counts["seen"] = counts["asked"]
        drained.append(1)

    drains = Drains(drain)

    def ask():
        for _ in range(2_000):
            counts["asked"] += 1
            drains()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert counts["seen"] == counts["asked"], "the last drain began after the last request"
    assert len(drained) <= 8_000


def test_a_drain_that_fails_lets_the_next_one_run():
    failures = iter([RuntimeError("no database"), None])

    def drain():
        if (failure := next(failures)) is not None:
            raise failure

    drains = Drains(drain)
    with pytest.raises(RuntimeError):
        drains()
    drains()
    assert next(failures, "both ran") == "both ran"
