"""Nudges are sent from a thread of their own."""

import threading
from queue import Queue

from moderation.web.background_nudge import BackgroundNudge
from tests.support.nudges import await_nudges
from tests.support.running import eventually


def test_nobody_waits_for_a_nudge_and_calls_during_one_share_the_next():
    begun, may_end = [], threading.Semaphore(0)

    def slow():
        begun.append(threading.current_thread())
        may_end.acquire()

    nudge = BackgroundNudge(slow)
    nudge()
    eventually(lambda: len(begun) == 1)
    for _ in range(5):
        nudge()  # returns although the first one has not ended
    may_end.release(6)
    await_nudges()
    assert len(begun) == 2
    assert threading.current_thread() not in begun


def test_after_an_error_the_next_report_nudges_again(monkeypatch):
    seen = Queue()
    monkeypatch.setattr(threading, "excepthook", seen.put)

    def failing():
        raise RuntimeError("Redis said something new")

    nudge = BackgroundNudge(failing)
    for _ in range(2):
        nudge()
        assert str(seen.get(timeout=10).exc_value) == "Redis said something new"
        await_nudges()
