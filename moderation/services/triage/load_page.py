"""Load a page's selections and cases, and lock the rows of the cases."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import exists, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.elements import ColumnElement

from moderation.models import Case, Decision, Page, Revision, Selection
from moderation.services.pages.revisions import page_text
from moderation.services.triage.page_cases import Facts, Near, PageCases

MOST_COMPARED = 200
"""Selections of a page that a report is compared with. The others keep their cases."""
MOST_CHARACTERS = 60_000
"""Characters of quotes with their contexts that a report is compared with."""
MOST_RECHECKED = 1_000
"""Selections of a page that are located and grouped anew when the page changed."""
_MOST_SPANS = 50


def load(
    session: Session,
    pages: Sequence[Page],
    near: Callable[[PageCases], Near] | None = None,
    most: int = MOST_COMPARED,
) -> list[PageCases]:
    """Load pages with their selections, and lock the cases of these. The caller holds the pages' locks.

    Of a page with very many selections, those near to what is new are loaded: `near` tells it.
    """
    loaded = {page.id: PageCases(page) for page in pages}
    stored = [page.id for page in pages if page in session]  # a new page has nothing to load
    if stored:
        _load_stored(session, loaded, stored, near, most)
    return list(loaded.values())


def _load_stored(
    session: Session,
    loaded: dict[UUID, PageCases],
    ids: Sequence[UUID],
    near: Callable[[PageCases], Near] | None,
    most: int,
) -> None:
    for revision in _latest_revisions(session, ids):
        on_page = loaded[revision.page_id]
        on_page.revision, on_page.text = revision, page_text(revision)
    crowded = _crowded(session, ids)
    for selection in _selections_of(session, [page_id for page_id in ids if page_id not in crowded]):
        loaded[selection.page_id].selections.append(selection)
    for page_id in crowded:
        on_page = loaded[page_id]
        on_page.selections = _nearest(session, page_id, near(on_page) if near else Near(), most)
    case_ids = {selection.case_id for on_page in loaded.values() for selection in on_page.selections}
    facts = _locked_facts(session, case_ids)
    for on_page in loaded.values():
        on_page.fill_facts(facts)


def load_selections(session: Session, page: Page) -> list[Selection]:
    """Load up to MOST_RECHECKED selections of a page."""
    return _nearest(session, page.id, Near(), MOST_RECHECKED)


def load_whole(
    session: Session,
    page: Page,
    cases: Sequence[Case],
    revision: Revision,
    selections: list[Selection] | None = None,
) -> PageCases:
    """Load the selections of a page if they are not given, and locate them.

    `cases` are all of the page, locked.
    """
    on_page = PageCases(page, revision, page_text(revision), cases={case.id: case for case in cases})
    on_page.selections = load_selections(session, page) if selections is None else selections
    on_page.locate()
    query = select(Decision.case_id).where(Decision.case_id.in_(on_page.cases)).distinct()
    on_page.decided = set(session.scalars(query))
    return on_page


def load_cases(session: Session, pages: Iterable[PageCases], ids: Collection[UUID]) -> None:
    """Load the cases whole that are not loaded yet; their rows are locked."""
    by_page = {on_page.page.id: on_page for on_page in pages}
    missing = set(ids).difference(*(on_page.cases for on_page in by_page.values()))
    query = select(Case).where(Case.id.in_(missing)).options(selectinload(Case.suggestions))
    cases = session.scalars(query.execution_options(populate_existing=True)).all() if missing else ()
    for case in cases:
        by_page[case.page_id].cases[case.id] = case


def _latest_revisions(session: Session, page_ids: Sequence[UUID]) -> Sequence[Revision]:
    return session.scalars(
        select(Revision)
        .where(Revision.page_id.in_(page_ids))
        .ext(distinct_on(Revision.page_id))
        .order_by(Revision.page_id, Revision.seen_at.desc())
    ).all()


def _crowded(session: Session, page_ids: Sequence[UUID]) -> list[UUID]:
    """The pages with more selections than are compared."""
    characters = func.sum(func.char_length(Selection.prefix + Selection.exact + Selection.suffix))
    return list(
        session.scalars(
            select(Selection.page_id)
            .where(Selection.page_id.in_(page_ids), Selection.report_count > 0)
            .group_by(Selection.page_id)
            .having(or_(func.count() > MOST_COMPARED, characters > MOST_CHARACTERS))
        )
    )


def _selections_of(session: Session, page_ids: Sequence[UUID]) -> Sequence[Selection]:
    if not page_ids:
        return ()
    query = select(Selection).where(Selection.page_id.in_(page_ids), Selection.report_count > 0)
    query = query.order_by(Selection.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def _nearest(session: Session, page_id: UUID, near: Near, most: int) -> list[Selection]:
    """Equal selections first, then those that overlap, the narrowest first; in the order of their ids."""
    selections = session.scalars(
        select(Selection)
        .where(Selection.page_id == page_id, Selection.report_count > 0)
        .order_by(
            *_nearness(near),
            func.char_length(Selection.exact),
            Selection.report_count.desc(),
            Selection.id,
        )
        .limit(most)
        .execution_options(populate_existing=True)
    )
    kept, characters, most_characters = [], 0, most * MOST_CHARACTERS // MOST_COMPARED
    for selection in selections:
        characters += len(selection.prefix) + len(selection.exact) + len(selection.suffix)
        if characters > most_characters:
            break
        kept.append(selection)
    return sorted(kept, key=lambda selection: selection.id)


def _nearness(near: Near) -> Iterator[ColumnElement[bool]]:
    """Sort keys: the selections that are near come first."""
    if near.ids:
        yield Selection.id.in_(near.ids).desc()
    if near.quotes:
        yield tuple_(Selection.exact, func.coalesce(Selection.correction, "")).in_(near.quotes).desc()
    touching = [
        (Selection.start < end) & (Selection.end > start) for start, end in list(near.spans)[:_MOST_SPANS]
    ]
    if near.quotes or touching:
        same_exact: ColumnElement[bool] = Selection.exact.in_({exact for exact, _ in near.quotes})
        yield func.coalesce(or_(same_exact, *touching), False).desc()


def _locked_facts(session: Session, case_ids: Collection[UUID]) -> dict[UUID, Facts]:
    """Lock the rows of the cases until the transaction ends, and load their facts."""
    if not case_ids:
        return {}
    decided = exists().where(Decision.case_id == Case.id)
    rows = session.execute(
        select(
            Case.id,
            Case.status,
            Case.report_count,
            Case.last_reported_at,
            decided | (Case.assignee_id.is_not(None) & Case.assigned_by.is_distinct_from("rule")),
        )
        .where(Case.id.in_(case_ids))
        .order_by(Case.id)
        .with_for_update(key_share=True)
    )
    return {
        case_id: Facts(status, report_count, last, has_history)
        for case_id, status, report_count, last, has_history in rows
    }
