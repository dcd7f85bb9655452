import threading

from tests.support.running import eventually
from worker.drains import MOST, Drains


def test_a_process_drains_with_two_threads_and_once_more_for_those_that_it_refused():
    begun, may_end = [], threading.Event()

    def drain():
        begun.append(threading.current_thread())
        assert may_end.wait(30)

    drains = Drains(drain)
    threads = [threading.Thread(target=drains, daemon=True) for _ in range(MOST)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        eventually(lambda number=number: len(begun) == number)
    drains()
    assert len(begun) == MOST, "a third one returns at once"
    may_end.set()
    for thread in threads:
        thread.join(30)
    assert len(begun) == MOST + 1, "its work is looked for by one of the two"
