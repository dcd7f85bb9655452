"""Invariant: the figures of insight agree with the reports, cases and decisions of the day."""

import re
from collections import Counter, defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import BOOKKEEPING
from moderation.domain.insight.duration_buckets import bucket
from moderation.models import Tally
from moderation.services.insight.breakdowns import PAIR_SEPARATOR
from moderation.services.insight.tally import TOP, tally_day
from tests.support.history.snapshot import Snapshot

Figures = dict[str, Counter[str]]


def check_tallies(session: Session, snapshot: Snapshot, site_id: UUID, most_days: int = 1) -> None:
    """Tally the last days on which something happened. The session is rolled back."""
    expected = _count(snapshot)
    for day in sorted(expected)[-most_days:]:
        tally_day(session, site_id, day)
        stored: Figures = defaultdict(Counter)
        for row in session.scalars(select(Tally).where(Tally.site_id == site_id, Tally.day == day)):
            key = row.key.partition(PAIR_SEPARATOR)[0] if row.figure == "pair" else row.key
            stored[row.figure][key] += row.count
        for figure, counts in expected[day].items():
            assert len(counts) > TOP or stored[figure] == counts, f"{figure}: {stored[figure]} not {counts}"
        assert stored.keys() == expected[day].keys(), stored.keys() ^ expected[day].keys()
    session.rollback()


def _count(snapshot: Snapshot) -> dict[date, Figures]:
    """The figures of each day, counted from the rows themselves."""
    days: dict[date, Figures] = defaultdict(lambda: defaultdict(Counter))
    for report in snapshot.reports.values():
        figures = days[report.created_at.date()]
        figures["reports"][""] += 1
        figures["page"][report.url] += 1
        section = re.match(r"[^/]+//[^/]+/[^/?]+/", report.url)
        if section:
            figures["section"][section[0]] += 1
        figures["reader"][report.reader_hash.hex()] += 1
    for case in snapshot.cases.values():
        figures = days[case.first_reported_at.date()]
        figures["cases"][""] += 1
        figures["word"][re.sub(r"^\W+|\W+$", "", case.exact[:60].lower())] += 1
        figures["kind"][case.kind or ""] += 1
        if case.pair is not None:
            figures["pair"][case.pair.hex()] += 1
    _count_readers(days, snapshot)
    urls = {page.id: url for url, page in snapshot.pages.items()}
    for case_id, steps in snapshot.decisions.items():
        for step in steps:
            if step.cause not in BOOKKEEPING:
                figures, case = days[step.decided_at.date()], snapshot.cases[case_id]
                _count_step(figures, step, case)
                _count_times(figures, step, case, urls[case.page_id])
                _count_speller(days[step.decided_at.date()], step, snapshot, case_id)
    return days


def _count_step(figures: Figures, step: Any, case: Any) -> None:
    waited = str(bucket((step.decided_at - case.first_reported_at).total_seconds()))
    if step.old_status == "open":
        figures["decided"][step.new_status] += 1
        if step.editor_id is not None:
            figures["decision_time"][waited] += 1
            if step.new_status == "rejected":
                figures["reason"][step.reason or ""] += 1
    if step.new_status == "fixed":
        figures["mending_time"][waited] += 1
    if step.editor_id is not None:
        figures["editor"][f"{step.editor_id}:{step.new_status}"] += 1


def _count_readers(days: dict[date, Figures], snapshot: Snapshot) -> None:
    """The readers of each day: who reported, whose case was accepted or fixed, whose case was fixed."""
    readers: dict[tuple[date, str], set[bytes]] = defaultdict(set)
    for report in snapshot.reports.values():
        readers[report.created_at.date(), "reported"].add(report.reader_hash)
    for case_id, steps in snapshot.decisions.items():
        for step in (step for step in steps if step.cause not in BOOKKEEPING):
            day = step.decided_at.date()
            if step.old_status == "open" and step.new_status in ("accepted", "fixed"):
                readers[day, "accepted"] |= snapshot.readers.get(case_id, set())
            if step.new_status == "fixed":
                readers[day, "fixed"] |= snapshot.readers.get(case_id, set())
    for (day, key), hashes in readers.items():
        if hashes:
            days[day]["thanks"][key] = len(hashes)


def _count_times(figures: Figures, step: Any, case: Any, url: str) -> None:
    """The times by section. The pages state neither authors nor sections."""
    folder = re.match(r"[^/]+//[^/]+/[^/?]+/", url)
    if folder is None:
        return
    key = f"{bucket((step.decided_at - case.first_reported_at).total_seconds())}:{folder[0]}"
    if step.old_status == "open" and step.editor_id is not None:
        figures["section_decision_time"][key] += 1
    if step.new_status == "fixed":
        figures["section_mending_time"][key] += 1


def _count_speller(figures: Figures, step: Any, snapshot: Snapshot, case_id: UUID) -> None:
    """What became of a case that the spell checker had a suggestion for."""
    texts = {row.text for row in snapshot.suggestions[case_id] if row.source == "speller"}
    if step.old_status != "open" or not texts or step.new_status == "spam":
        return
    correct = step.correction if step.correction is not None else snapshot.cases[case_id].mended_text
    is_right = correct is not None and correct in texts
    outcome = "rejected" if step.new_status == "rejected" else "right" if is_right else "other"
    figures["speller"][outcome] += 1
