"""Random histories of pages on a real database. `make fuzz` runs them for as long as it is asked."""

import os
import time
from collections.abc import Callable
from functools import partial

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from moderation.models import Site
from moderation.services.triage.dictionaries import lexicon
from tests.factories import NOON
from tests.support.history.world import World
from tests.support.mistaken_article import KINDS

HISTORIES = 200
STEPS = 4
"""Short, so that `make test` ends in time; `make fuzz` takes the long ones."""
LONG_STEPS = 15

NUMBER = st.integers(0, 30)
PAGE = st.sampled_from((0, 0, 0, 1))
REPORT = st.fixed_dictionaries(
    {
        "at": st.integers(0, 8),
        "kind": st.sampled_from(KINDS),
        "page": PAGE,
        "correct": st.sampled_from(("none", "none", "right", "all", "wrong")),
        "context": st.sampled_from(((32, 32), (64, 64), (200, 200), (64, 0), (0, 64), (20, 10))),
        "position": st.sampled_from((0, None, 7, -150)),
        "reader": st.integers(0, 4),
    }
)
REPORTS = st.lists(REPORT, min_size=1, max_size=5)
ACTIONS = st.sampled_from(("accept", "reject", "spam", "fix", "reopen"))
EDITS = st.sampled_from(
    ("mend", "restore", "change beside", "double", "drop", "lead", "swap", "gone", "back", "other page")
)
BESIDE = st.sampled_from(
    ("decide", "decide everywhere", "decide many", "undo", "merge", "split", "withdraw", "read", "retain")
)


class Histories(RuleBasedStateMachine):
    """What can happen to the pages of a site. The fixture `machine` gives it a database and a web server."""

    make_world: Callable[..., World]
    deadlocks: list[str]
    histories = 0
    steps = 0

    @initialize(
        words=st.integers(0, 10_000), paragraphs=st.integers(1, 3), hidden=st.booleans(), first=REPORTS
    )
    def begin(self, words, paragraphs, hidden, first):
        type(self).histories += 1
        self.world = self.make_world(words=words, paragraphs=paragraphs)
        if hidden:  # the page texts come late
            for page in self.world.pages:
                page.hide()
        self.readers_report(first, -1)

    @rule(reports=REPORTS, edition=st.sampled_from((-1, -1, -1, 0)))
    def readers_report(self, reports, edition):
        for report in reports:
            self.world.send(**report, edition=edition)
        self.world.drain()

    @rule(reports=REPORTS, beside=st.lists(BESIDE, min_size=1, max_size=3), at=NUMBER, action=ACTIONS)
    def two_workers_and_others(self, reports, beside, at, action):
        world = self.world
        for report in reports:
            world.send(**report)
        jobs = {
            "decide": lambda: world.decide(at, action),
            "decide everywhere": lambda: world.decide(at + 1, action, everywhere=True),
            "decide many": lambda: world.decide_many(at, 5, action),
            "undo": world.undo_last,
            "merge": lambda: world.merge(at, at // 3),
            "split": lambda: world.split(at, 2),
            "withdraw": lambda: world.withdraw(at),
            "read": lambda: world.read_page(at % 2),
            "retain": world.retain,
        }
        world.drain_beside(*(jobs[name] for name in beside))

    @rule(page=PAGE)
    def a_page_is_read(self, page):
        self.world.read_page(page)
        self.world.drain()

    @rule(page=PAGE, edit=EDITS, at=NUMBER, read=st.booleans())
    def a_page_is_edited(self, page, edit, at, read):
        self.world.pages[page].edit(edit, at)
        if read:
            self.world.read_page(page)
            self.world.drain()

    @rule(at=NUMBER, action=ACTIONS, everywhere=st.booleans(), override=st.booleans())
    def an_editor_decides(self, at, action, everywhere, override):
        self.world.decide(at, action, everywhere=everywhere, override=override)
        self.world.drain()

    @rule(at=NUMBER, count=st.integers(2, 10), action=ACTIONS, undo=st.booleans())
    def an_editor_decides_many(self, at, count, action, undo):
        self.world.decide_many(at, count, action)
        self.world.drain()
        if undo:
            self.world.undo_last()
            self.world.drain()

    @rule(at=NUMBER)
    def an_editor_takes_a_case(self, at):
        self.world.assign(at)

    @rule(at=NUMBER, into=NUMBER)
    def an_editor_merges(self, at, into):
        self.world.merge(at, into)
        self.world.drain()

    @rule(at=NUMBER, share=st.integers(2, 3))
    def an_editor_splits(self, at, share):
        self.world.split(at, share)
        self.world.drain()

    @rule(at=NUMBER, count=st.integers(1, 4))
    def readers_withdraw(self, at, count):
        for number in range(at, at + count):
            self.world.withdraw(number)
        self.world.drain()

    @rule(days=st.integers(1, 60), reports=st.lists(REPORT, max_size=2))
    def time_passes(self, days, reports):
        self.world.tick(days=days)
        with self.world.sessions() as opened:
            site = opened.get_one(Site, self.world.site_id)
            site.settings = msgspec.structs.replace(site.settings, keep_days=30)
            opened.commit()
        for report in reports:
            self.world.send(**report)
        self.world.drain_beside(self.world.retain)

    @invariant()
    def everything_is_as_it_must_be(self):
        if hasattr(self, "world"):
            type(self).steps += 1
            self.world.check()
            assert not self.deadlocks, self.deadlocks

    def teardown(self):
        if hasattr(self, "world"):
            if self.histories % 4 == 0:
                self.world.check_figures()
            self.world.end()


@pytest.fixture
def machine(fast_sessions, web, fetcher):
    """The state machine, on this database and this web server."""
    for lang in ("ru", "en"):
        lexicon(lang)  # seconds, while a worker would hold the page

    class Bound(Histories):
        make_world = staticmethod(partial(World.make, fast_sessions, web, fetcher, NOON))
        deadlocks = fast_sessions.kw["info"]["deadlocks"]

    return Bound


def run(machine, histories, *, steps, derandomize, shrink=True):
    """Run this many histories."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            derandomize=derandomize,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_no_history_loses_or_mixes_reports(machine):
    seconds = float(os.environ.get("FUZZ_SECONDS", "0"))
    if not seconds:
        run(machine, HISTORIES, steps=STEPS, derandomize=True)
        print(f"{machine.histories} histories, {machine.steps} steps", flush=True)
        return
    number, end = int(os.environ.get("FUZZ_SEED", "1")), time.monotonic() + seconds
    while time.monotonic() < end:
        shrink = "FUZZ_SHRINK" in os.environ
        run(seed(number)(machine), 25, steps=LONG_STEPS, derandomize=False, shrink=shrink)
        print(f"seed {number}: {machine.histories} histories, {machine.steps} steps", flush=True)
        number += 1
