"""Random histories of a page on a real database. `make fuzz` runs them for as long as it is asked."""

import os
import time

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from moderation.models import Site
from moderation.services.sites.retention import run_retention
from moderation.services.triage.dictionaries import lexicon
from tests.factories import NOON
from tests.support.history import History
from tests.support.mistaken_article import KINDS, make_article

HISTORIES = 200
STEPS = 4
"""Short, so that `make test` ends in time; `make fuzz` takes the long ones."""
LONG_STEPS = 12

NUMBER = st.integers(0, 30)
REPORT = st.fixed_dictionaries(
    {
        "at": st.integers(0, 8),
        "kind": st.sampled_from(KINDS),
        "correct": st.sampled_from(("none", "none", "right", "all", "wrong")),
        "context": st.sampled_from(((32, 32), (64, 64), (200, 200), (64, 0), (0, 64), (20, 10))),
        "position": st.sampled_from((0, None, 7, -150)),
        "reader": st.integers(0, 4),
    }
)
ACTIONS = st.sampled_from(("accept", "reject", "spam", "fix", "reopen"))
EDITS = st.sampled_from(
    ("mend", "restore", "change beside", "double", "drop", "lead", "swap", "gone", "back", "other page")
)


@pytest.fixture
def machine(sessions, session, web, fetcher):
    """The state machine, on this database and this web server."""
    for lang in ("ru", "en"):
        lexicon(lang)  # seconds, while a worker would hold the page

    class Histories(RuleBasedStateMachine):
        histories = 0
        steps = 0

        @initialize(words=st.integers(0, 10_000), paragraphs=st.integers(1, 3))
        def begin(self, words, paragraphs):
            Histories.histories += 1
            self.world = History(sessions, web, fetcher, make_article(words, paragraphs=paragraphs), NOON)
            self.world.begin()

        @rule(reports=st.lists(REPORT, min_size=1, max_size=4), edition=st.sampled_from((-1, -1, -1, 0)))
        def readers_report(self, reports, edition):
            for report in reports:
                self.world.send(**report, edition=edition)
            self.world.drain()

        @rule(reports=st.lists(REPORT, min_size=2, max_size=8), action=ACTIONS, at=NUMBER)
        def two_workers_and_an_editor(self, reports, action, at):
            for report in reports:
                self.world.send(**report)
            self.world.drain_beside(lambda: self.world.decide(at, action))

        @rule()
        def the_page_is_read(self):
            self.world.read_page()
            self.world.drain()

        @rule(edit=EDITS, at=NUMBER, read=st.booleans())
        def the_page_is_edited(self, edit, at, read):
            self.world.edit(edit, at)
            if read:
                self.world.read_page()
                self.world.drain()

        @rule(at=NUMBER, action=ACTIONS, everywhere=st.booleans())
        def an_editor_decides(self, at, action, everywhere):
            self.world.decide(at, action, everywhere=everywhere)
            self.world.drain()

        @rule(at=NUMBER, into=NUMBER)
        def an_editor_merges(self, at, into):
            self.world.merge(at, into)
            self.world.drain()

        @rule(at=NUMBER, share=st.integers(2, 3))
        def an_editor_splits(self, at, share):
            self.world.split(at, share)
            self.world.drain()

        @rule(at=NUMBER)
        def a_reader_withdraws(self, at):
            self.world.withdraw(at)
            self.world.drain()

        @rule(days=st.integers(1, 60), reports=st.lists(REPORT, max_size=2))
        def time_passes(self, days, reports):
            self.world.tick(days=days)
            with sessions() as opened:
                site = opened.get_one(Site, self.world.site_id)
                site.settings = msgspec.structs.replace(site.settings, keep_days=30)
                opened.commit()
            for report in reports:
                self.world.send(**report)
            self.world.drain_beside(lambda: self.world.retain(run_retention))

        @invariant()
        def everything_is_as_it_must_be(self):
            if hasattr(self, "world"):
                Histories.steps += 1
                self.world.check()

    return Histories


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
        run(seed(number)(machine), 50, steps=LONG_STEPS, derandomize=False, shrink=shrink)
        print(f"seed {number}: {machine.histories} histories, {machine.steps} steps", flush=True)
        number += 1
