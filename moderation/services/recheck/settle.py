"""Compare a page with its cases: close mended cases, reopen cases whose mistake is back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.domain.anchoring.beside import edited_neighbours, has_old_neighbours
from moderation.domain.anchoring.find import PageText
from moderation.domain.anchoring.mending import Seen, count_standing, outcome_on_page
from moderation.domain.cases.lifecycle import WAITING
from moderation.domain.text.blocks import block_at
from moderation.domain.text.fragments import PAGE_TEXT
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import cut
from moderation.models import Case
from moderation.services.cases.step import close_mended, record_outcome, reopen_returned
from moderation.services.triage.locate import quote_of
from moderation.services.triage.page_cases import PageCases
from moderation.services.triage.save import regroup_settled

# Two passages with at most this many characters between them are neighbours.
_BESIDE = 2
# A passage that stood more often than this is a common word: new text can hold it, too.
_RARE = 3
_SEEN_MENDED = ("as_suggested", "otherwise", "gone")
MOST_SETTLED = 500
"""Cases that one check compares with the page. A stranger can open any number, and each costs time."""


def settle_page(session: Session, on_page: PageCases, *, before: str | None, now: datetime) -> None:
    """Find the mistakes of open, accepted and fixed cases; close mended cases, reopen those that are back.

    The page has all its cases, locked. `before` is the previous page text.
    """
    for case in _compared([case for case in on_page.cases.values() if case.status in (*WAITING, "fixed")]):
        _settle_case(session, on_page, case, before=before, now=now)
    regroup_settled(session, on_page, now)


def _compared(cases: Sequence[Case]) -> Sequence[Case]:
    """Of very many cases, those that stood on the page or were accepted, then those with most readers."""
    if len(cases) <= MOST_SETTLED:
        return cases
    ordered = sorted(cases, key=lambda case: (not case.is_vouched_for, -case.reader_count, case.id))
    return ordered[:MOST_SETTLED]


def _settle_case(
    session: Session, on_page: PageCases, case: Case, *, before: str | None, now: datetime
) -> None:
    if on_page.text is None:
        return
    standing = on_page.standing(case.id)
    if standing is not None and standing.exact == case.exact:
        # The readers' own quote first: an equal sentence elsewhere may agree better with the shown context.
        seen = outcome_on_page(on_page.text, quote_of(standing), standing.start, _suggested(case))
    else:
        seen = outcome_on_page(
            on_page.text, Quote(case.exact, case.prefix, case.suffix), case.start, _suggested(case)
        )
    if case.status == "fixed":
        if _is_back(on_page.text, case, seen):
            _show(case, seen)
            reopen_returned(session, case, now=now)
        elif seen.outcome in _SEEN_MENDED:
            record_outcome(case, seen.outcome)
        return
    if seen.outcome in _SEEN_MENDED and _still_stands(on_page, case, seen, before):
        record_outcome(case, "unknown")
        return
    was_there = before is not None and case.state == "found"
    edited = _edited_beside(on_page, case, seen) if was_there else None
    _keep_context(on_page, case, seen, is_first=not was_there)
    _show(case, seen)
    # What was never seen on the page cannot be seen mended: the reader may have read another edition.
    if seen.outcome in _SEEN_MENDED and (was_there or seen.outcome == "as_suggested"):
        close_mended(session, case, seen.outcome, seen.text, now=now)
    elif edited is not None and case.status == "accepted" and case.correction is None:
        # The editor agreed that something is wrong here, and nobody said what. An open case stays open.
        close_mended(session, case, "beside", edited, now=now)
    else:
        record_outcome(case, "still_there" if seen.outcome == "still_there" else "unknown")


def _still_stands(on_page: PageCases, case: Case, seen: Seen, before: str | None) -> bool:
    """Return whether the mistake is still on the page although the found passage looks mended.

    It is if the page has a reader's selection of it, or has it as often as before: then the correct text
    was found at another position. It also is if the edit left the words of it that a reader selected.
    """
    if on_page.text is None:
        return False
    text = on_page.text.text
    if seen.start is not None and seen.end is not None and text[seen.start : seen.end] == case.exact:
        # The correction adds to the passage, or drops a repeated word of it.
        return _stands_bare(case, seen.text or "", text, before)
    for selection in on_page.of_case(case.id):
        span = on_page.locations[selection.id].span
        if span.text != PAGE_TEXT or selection.exact != text[span.start : span.end]:
            continue
        is_part = selection.exact in case.exact and seen.outcome != "as_suggested"
        if is_part or case.exact in selection.exact:
            return True
    if before is None or case.state != "found":
        return False
    stood = count_standing(before, case.exact)
    common = seen.outcome == "as_suggested" and stood > _RARE
    return not common and 0 < stood <= count_standing(text, case.exact)


def _stands_bare(case: Case, correction: str, text: str, before: str | None) -> bool:
    """Return whether the passage stands as often as before without what the correction adds to it."""
    within = count_standing(correction, case.exact)
    if before is None or case.state != "found" or not within:
        return False
    stood, stands = (
        count_standing(page, case.exact) - within * count_standing(page, correction)
        for page in (before, text)
    )
    return 0 < stood <= _RARE and stood <= stands


def _is_back(page: PageText, case: Case, seen: Seen) -> bool:
    """Return whether the mistake of a mended case is on the page again."""
    if seen.outcome != "still_there" or seen.start is None or seen.end is None:
        return False
    if case.outcome == "beside":  # the passage stood there all the time
        quote = Quote(case.exact, case.prefix, case.suffix)
        return has_old_neighbours(page.text, seen.start, seen.end, quote)
    return case.outcome in _SEEN_MENDED


def _edited_beside(on_page: PageCases, case: Case, seen: Seen) -> str | None:
    """Return the passage with its edited neighbours; None if they were not edited."""
    if on_page.text is None or seen.outcome != "still_there" or seen.start is None or seen.end is None:
        return None
    text = on_page.text.text
    edited = edited_neighbours(text, seen.start, seen.end, Quote(case.exact, case.prefix, case.suffix))
    if edited is not None and edited.endswith(case.exact) and _ends_beside(on_page, case):
        return None
    return edited


def _ends_beside(on_page: PageCases, case: Case) -> bool:
    """Return whether another case is directly before this one: an edit between them belongs to that case."""
    return any(
        other.id != case.id
        and other.status in (*WAITING, "fixed")
        and other.end is not None
        and case.start is not None
        and 0 <= case.start - other.end <= _BESIDE
        for other in on_page.cases.values()
    )


def _keep_context(on_page: PageCases, case: Case, seen: Seen, *, is_first: bool) -> None:
    """From the first time that the page holds the passage, its context is the page's own, not a reader's."""
    if on_page.text is None or seen.outcome != "still_there" or seen.start is None or seen.end is None:
        return
    quote = cut(on_page.text.text, seen.start, seen.end)
    if is_first:
        case.prefix, case.suffix = quote.prefix, quote.suffix
    is_new = is_first or case.block_before is None
    if is_new and on_page.revision is not None and (case.prefix, case.suffix) == (quote.prefix, quote.suffix):
        case.stands_in(block_at(on_page.revision.blocks, seen.start), seen.start, seen.end)


def _show(case: Case, seen: Seen) -> None:
    if seen.outcome == "gone":
        case.state = "gone"
        return
    case.state = "found" if seen.outcome == "still_there" else "changed"
    case.was_on_page = case.was_on_page or seen.outcome == "still_there"
    case.start, case.end = seen.start, seen.end


def _suggested(case: Case) -> list[str]:
    corrections = [case.correction] if case.correction is not None else []
    return corrections + [suggestion.text for suggestion in case.suggestions]
