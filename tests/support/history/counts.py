"""Invariants: every report is in one case, and what is stored agrees with what it is computed from."""

from collections import Counter
from collections.abc import Sequence

from moderation.domain.cases.lifecycle import BOOKKEEPING
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import read
from tests.support.history.pages import Sent
from tests.support.history.snapshot import Snapshot


def check_placements(snapshot: Snapshot) -> None:
    """Every report that is not withdrawn is in one case, by a selection that says what the report says."""
    assert snapshot.waiting == 0, f"{snapshot.waiting} messages were put off"
    for report in snapshot.reports.values():
        assert (report.case_id is None) == report.is_withdrawn, f"in no case: {report.id}"
        if report.case_id is None:
            continue
        selection = snapshot.selections[report.selection_id]
        assert selection.case_id == report.case_id, "selection and placement disagree"
        passage = read(Quote(report.exact, report.prefix, report.suffix), report.correction)
        assert selection.correction == passage.correction, "the selection has another correction"


def check_counts(snapshot: Snapshot) -> None:
    """Reports, readers and times of cases and selections."""
    counted = Counter(report.selection_id for report in snapshot.reports.values() if report.selection_id)
    assert {one.id: one.report_count for one in snapshot.selections.values()} == counted
    by_case = snapshot.reports_by_case()
    for case in snapshot.cases.values():
        reports = by_case.get(case.id, [])
        assert case.report_count == len(reports), f"{len(reports)} reports in {snapshot.story(case.id)}"
        assert snapshot.readers[case.id] == {report.reader_hash for report in reports}, "readers"
        assert case.reader_count == len(snapshot.readers[case.id])
        if not reports:
            assert case.status != "open", f"open without a report: {snapshot.story(case.id)}"
            continue
        times = [report.created_at for report in reports]
        assert (case.first_reported_at, case.last_reported_at) == (min(times), max(times))
        steps = snapshot.decisions[case.id]
        assert not steps or steps[-1].cause not in BOOKKEEPING, (
            f"reports in a case that nobody judged: {snapshot.story(case.id)}"
        )


def check_decisions(snapshot: Snapshot) -> None:
    """The decisions of a case are a chain that ends at its status."""
    for case in snapshot.cases.values():
        status = "open"
        for step in snapshot.decisions[case.id]:
            assert step.old_status == status, f"a gap in the history: {snapshot.story(case.id)}"
            status = step.new_status
        assert case.status == status, snapshot.story(case.id)
        assert (case.decided_at is None) == (status == "open")
        assert (case.fixed_at is not None) == (status == "fixed")


def check_votes(snapshot: Snapshot) -> None:
    """A correction of the shown passage has the votes of all reports that ask for just that."""
    by_case = snapshot.reports_by_case()
    for case in snapshot.cases.values():
        if case.status != "open":
            continue
        asked: Counter[str] = Counter()
        reports = by_case[case.id]
        for report in reports:
            selection = snapshot.selections[report.selection_id]
            is_shown = (selection.start, selection.end) == (case.start, case.end)
            if selection.correction is not None and selection.exact == case.exact and is_shown:
                asked[selection.correction] += 1
        votes = {one.text: one.votes for one in snapshot.suggestions[case.id] if one.source == "reader"}
        for text, count in asked.items():
            assert votes.get(text, 0) >= count, f"{text!r}: {votes}, {snapshot.story(case.id)}"
        assert sum(votes.values()) <= len(reports), "more votes than reports"


def check_search(snapshot: Snapshot, sent: Sequence[Sent]) -> None:
    """Search finds a case by the comments and corrections of its own reports, and by its passage."""
    case_of = {report.id: report.case_id for report in snapshot.reports.values()}
    tokens = {report.token: case_of.get(report.id) for report in sent}
    for case in snapshot.cases.values():
        expected = {token for token, case_id in tokens.items() if case_id == case.id}
        found = {token for token in tokens if token in case.search_text}
        assert found == expected, f"search text: {found} instead of {expected}"
        is_found = case.exact.replace("ё", "е") in case.search_text
        assert case.status != "open" or is_found, f"{case.search_text!r} of {snapshot.story(case.id)}"
    for report in snapshot.reports.values():
        if report.case_id is not None and report.correction is not None:
            assert report.correction.replace("ё", "е") in snapshot.cases[report.case_id].search_text
