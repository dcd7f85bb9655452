"""Invariants: one mistake, one case. Only editors put two mistakes together, or one apart."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.domain.text.overlaps import SHORTEST
from moderation.models import Revision
from moderation.services.pages.revisions import page_text
from tests.support.history.pages import Sent, ShownPage
from tests.support.history.snapshot import Row, Snapshot


def check_together(snapshot: Snapshot, sent: Sequence[Sent], regrouped: Collection[tuple[int, int]]) -> None:
    """No case has narrow selections of two mistakes."""
    mistakes: dict[UUID, set[tuple[int, int]]] = defaultdict(set)
    for report in sent:
        row = snapshot.reports.get(report.id)
        key = (report.page, report.key)
        if report.key is not None and key not in regrouped and row is not None and row.case_id is not None:
            mistakes[row.case_id].add((report.page, report.key))
    for case_id, keys in mistakes.items():
        assert len(keys) == 1, f"together: {keys} in {snapshot.story(case_id)}"


def check_apart(
    snapshot: Snapshot,
    pages: Sequence[ShownPage],
    sent: Sequence[Sent],
    regrouped: Collection[tuple[int, int]],
) -> None:
    """Narrow selections of one mistake, that is at one place of the page, are in one open case at most.

    It holds for selections that stand in the page text at the same span, whichever edition the readers saw.
    Without a page text it holds for quotes that share enough text, while all readers saw one edition: texts
    of two editions that contradict each other are not joined before the page is read. Selections in decided
    cases stay where they are: the editor decided about them. A mistake that stood twice on the page is at
    two places, and each place can have a case.
    """
    homes: dict[object, set[UUID]] = defaultdict(set)
    unread: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for report in sent:
        row = snapshot.reports.get(report.id)
        shown = pages[report.page]
        is_one = (report.page, report.key) not in regrouped and report.key not in shown.doubled
        if report.key is None or row is None or row.case_id is None or not is_one:
            continue
        if snapshot.cases[row.case_id].status != "open":
            continue
        selection = snapshot.selections[row.selection_id]
        revision_id = snapshot.pages[shown.url].revision_id
        if revision_id is None:
            unread[report.page, report.key].append(selection)
        elif selection.revision_id == revision_id and selection.start is not None:
            homes[report.page, report.key, selection.start, selection.end].add(row.case_id)
    editions = {(report.page, report.edition) for report in sent}
    for (page, key), selections in unread.items():
        if sum(seen == page for seen, _ in editions) > 1:
            continue
        for one, other in combinations(selections, 2):
            if _shared(one, other) >= SHORTEST:
                homes[page, key, one.id, other.id] = {one.case_id, other.case_id}
    for place, case_ids in homes.items():
        stories = [snapshot.story(case_id) for case_id in case_ids]
        assert len(case_ids) == 1, f"apart: {place} in {stories}"


def _shared(one: Row, other: Row) -> int:
    """Count the characters that two quotes of the same passage have in common."""
    before = min(len(one.prefix), len(other.prefix))
    return before + len(one.exact) + min(len(one.suffix), len(other.suffix))


def check_closed(
    session: Session,
    snapshot: Snapshot,
    pages: Sequence[ShownPage],
    sent: Sequence[Sent],
    regrouped: Collection[tuple[int, int]],
) -> None:
    """No case is closed as seen mended while the page text that was read last holds its mistake.

    A case that was mended beside its passage is excepted: the passage itself stays.
    """
    standing = {number: _standing(session, snapshot, shown) for number, shown in enumerate(pages)}
    for report in sent:
        row = snapshot.reports.get(report.id)
        if row is None or row.case_id is None or (report.page, report.key) in regrouped:
            continue
        if report.key not in standing[report.page]:
            continue
        case, steps = snapshot.cases[row.case_id], snapshot.decisions[row.case_id]
        is_closed = case.status == "fixed" and steps[-1].cause == "seen_mended" and case.outcome != "beside"
        assert not is_closed, f"closed while it stands there: {snapshot.story(case.id)}"


def _standing(session: Session, snapshot: Snapshot, shown: ShownPage) -> set[int]:
    """The mistakes of the current edition, if it was read."""
    page = snapshot.pages.get(shown.url)
    if page is None or page.revision_id is None:
        return set()
    text = page_text(session.get_one(Revision, page.revision_id)).text
    if not text.startswith(shown.edition.text):
        return set()
    return {mistake.key for _, _, mistake in shown.edition.mistakes}


def check_found(session: Session, snapshot: Snapshot, pages: Sequence[ShownPage]) -> None:
    """A selection whose quote the page text holds literally, and once, is found there."""
    by_page: dict[UUID, list[Row]] = defaultdict(list)
    for selection in snapshot.selections.values():
        by_page[selection.page_id].append(selection)
    for shown in pages:
        page = snapshot.pages.get(shown.url)
        if page is None or page.revision_id is None:
            continue
        text = page_text(session.get_one(Revision, page.revision_id)).text
        for selection in by_page[page.id]:
            quote = selection.prefix + selection.exact + selection.suffix
            if selection.revision_id == page.revision_id and text.count(quote) == 1:
                at = text.index(quote) + len(selection.prefix)
                assert selection.start == at, f"{selection.exact!r} at {at}, not {selection.start}"
