"""Readiness, which anybody may ask for (F31)."""

import threading

from moderation.web.probes import Readiness


def test_a_flood_of_readiness_checks_reaches_the_database_once_per_second():
    seconds, asked = [100.0], []

    def ask():
        asked.append(1)
        return {"status": "ready"}, 200

    readiness = Readiness(clock=lambda: seconds[0])
    threads = [threading.Thread(target=readiness.answer, args=(ask,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(asked) == 1
    seconds[0] += 1.0
    assert readiness.answer(ask) == ({"status": "ready"}, 200) and len(asked) == 2
