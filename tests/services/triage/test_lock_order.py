"""Everybody who changes cases does so at the same time: nobody deadlocks, and nothing is lost."""

import pytest

from tests.factories import NOON
from tests.support.history.world import World
from tests.support.mistaken_article import KINDS

ROUNDS = 12


def repeat(*jobs):
    """A job that does these in turn, again and again."""

    def run():
        for number in range(ROUNDS):
            for job in jobs:
                job(number)

    return run


@pytest.mark.slow
def test_writers_of_all_kinds_never_deadlock(fast_sessions, web, fetcher):
    world = World.make(fast_sessions, web, fetcher, NOON, words=3, paragraphs=3, pages=3)

    def report(number):
        for page in range(3):
            for at in range(6):
                world.send(at, KINDS[(number + at) % len(KINDS)], page=page, reader=number % 7)

    report(0)
    world.drain()
    world.together(
        repeat(report, lambda _: world.work(batch=7)),
        repeat(lambda _: world.work(batch=3)),
        repeat(lambda n: world.decide(n, "accept", everywhere=True), lambda n: world.decide(n, "reopen")),
        repeat(
            lambda n: world.decide(n + 7, "spam", everywhere=True), lambda n: world.decide(n + 7, "reopen")
        ),
        repeat(lambda n: world.decide_many(n, 30, "accept"), lambda _: world.undo_last()),
        repeat(lambda n: world.merge(n, n + 1), lambda n: world.split(n + 2, 2)),
        repeat(lambda n: world.read_page(n % 3)),
        repeat(lambda n: world.withdraw(n * 3), lambda _: world.retain()),
    )
    world.drain()
    world.check()
    assert fast_sessions.kw["info"]["deadlocks"] == []
