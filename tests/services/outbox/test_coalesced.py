import threading

import pytest

from moderation.services.outbox.coalesced import Coalesced
from tests.support.running import eventually


def test_one_thread_runs_it_and_once_more_for_those_that_asked_meanwhile():
    begun, may_end = [], threading.Event()

    def act():
        begun.append(threading.current_thread())
        assert may_end.wait(30)

    action = Coalesced(act)
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    eventually(lambda: len(begun) == 1)
    for _ in range(3):
        action()
    assert len(begun) == 1, "the others return at once"
    may_end.set()
    thread.join(30)
    assert begun == [thread, thread], "one more run for all of them"


def test_no_request_is_lost_whenever_it_comes():
    counts, ran = {"asked": 0, "seen": 0}, []

    def act():
        counts["seen"] = counts["asked"]
        ran.append(1)

    action = Coalesced(act)

    def ask():
        for _ in range(2_000):
            counts["asked"] += 1
            action()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert counts["seen"] == counts["asked"], "the last run began after the last request"
    assert len(ran) <= 8_000


def test_a_run_that_fails_lets_the_next_one_run():
    failures = iter([RuntimeError("no database"), None])

    def act():
        if (failure := next(failures)) is not None:
            raise failure

    action = Coalesced(act)
    with pytest.raises(RuntimeError):
        action()
    action()
    assert next(failures, "both ran") == "both ran"
