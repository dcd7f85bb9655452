"""One page's selections and cases: locating, grouping, and keeping the cases true to their selections.

Whoever changes which selections a page has comes by here, under the page's lock: triage, withdrawals,
merging and splitting, rechecks.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, selectinload
from uuid_utils.compat import uuid7

from moderation.domain.anchoring.find import PageText
from moderation.domain.cases import grouping
from moderation.domain.text.fragments import Fragments, Span
from moderation.domain.text.normalise import Quote, fold
from moderation.domain.text.passage import CONTEXT, Passage, cut
from moderation.models import (
    Case,
    Decision,
    Page,
    Placement,
    Revision,
    Selection,
    Suggestion,
)
from moderation.services.cases.search import remember
from moderation.services.cases.step import Step, apply_step
from moderation.services.pages.revisions import latest_revision, page_text
from moderation.services.triage.case_readers import recount_readers

# Makes a case for selections that belong to none, not yet stored.
Opener = Callable[[list[Selection]], Case]

# How much of the surroundings tells the same passage on another page from an equal word.
_FINGERPRINT_CONTEXT = 24


class PageCases:
    """A page's selections with their spans, and its cases. Load it under the page's lock."""

    def __init__(self, session: Session, page: Page, *, is_new: bool = False) -> None:
        self.session = session
        self.page = page
        self.revision = None if is_new else latest_revision(session, page)
        self.text = page_text(self.revision.id, self.revision.packed) if self.revision else None
        self.cases: dict[UUID, Case] = {} if is_new else _cases_of(session, page)
        self.selections: list[Selection] = [] if is_new else _selections_of(session, page)
        self.opened: set[UUID] = set()
        """Cases that `regroup` made; `add_cases` has them stored."""
        self.spans: dict[UUID, Span] = {}
        self._fragments = Fragments(())
        self._new: list[Selection] = []
        self._unsaved: list[Selection] = []
        self._touched: set[UUID] = set()
        self._locate(self.selections)

    def select(self, passages: Sequence[tuple[Passage, int | None]]) -> list[Selection]:
        """The selection that each passage (with its reader's position) is, made where it is new."""
        made = [
            Selection(
                id=uuid7(),
                page_id=self.page.id,
                exact=passage.quote.exact,
                prefix=passage.quote.prefix,
                suffix=passage.quote.suffix,
                correction=passage.correction,
                position=position,
                pinned=False,
                report_count=0,
            )
            for passage, position in passages
        ]
        self._locate([*self.selections, *made])
        known = {self._key(selection): selection for selection in self.selections}
        answer = []
        for selection in made:
            first = known.setdefault(self._key(selection), selection)
            if first is selection:
                self.selections.append(selection)
                self._new.append(selection)
            answer.append(first)
        return answer

    def regroup(self, open_case: Opener, now: datetime) -> None:
        """Put every selection into its case, opening and closing cases as that asks for."""
        fixed = self._fixed_groups()
        numbers = grouping.group(
            [
                grouping.Selection(
                    self.spans[selection.id], selection.correction is not None, fixed.get(selection.id)
                )
                for selection in self.selections
            ]
        )
        members: dict[int, list[Selection]] = defaultdict(list)
        for selection, number in zip(self.selections, numbers, strict=True):
            members[number].append(selection)
        taken = {
            next(s.case_id for s in self.selections if fixed.get(s.id) == n) for n in set(fixed.values())
        }
        for number in sorted(members):
            own = members[number]
            case_id = next((s.case_id for s in own if fixed.get(s.id) == number), None)
            if case_id is None:
                case_id = self._main_case(own, taken)
            if case_id is None:
                case = open_case(own)
                self.cases[case.id] = case
                self.opened.add(case.id)
                case_id = case.id
            taken.add(case_id)
            self._move(own, case_id)
        self._close_empty(now)

    def add_cases(self) -> None:
        """Have new cases stored with the next flush."""
        self.session.add_all(self.cases[case_id] for case_id in self.opened)

    def add_selections(self) -> None:
        """Have new selections stored with the next flush; the cases that they name must be there."""
        self.session.add_all(self._unsaved)
        self._unsaved.clear()

    def has_new(self) -> bool:
        """Whether `select` made selections that no group has yet."""
        return bool(self._new)

    def touch(self, case_id: UUID) -> None:
        """Have `refresh` bring the case up to date."""
        self._touched.add(case_id)

    def refresh(self) -> list[Case]:
        """Bring every touched case's passage, votes and counts up to date; answers those cases."""
        refreshed = []
        for case_id in sorted(self._touched):
            case = self.cases.get(case_id)
            own = [selection for selection in self.selections if selection.case_id == case_id]
            if case is None or not own:
                continue
            case.report_count = sum(selection.report_count for selection in own)
            if case.status == "open":
                self._show(case, own)
            refreshed.append(case)
        self._touched.clear()
        return refreshed

    def quote_at(self, span: Span, reach: int = CONTEXT) -> Quote:
        """What the page, or the reports' contexts, say at a span."""
        if span.text == 0 and self.text is not None:
            return cut(self.text.text, span.start, span.end)
        return self._fragments.around(span, reach)

    def _locate(self, selections: Iterable[Selection]) -> None:
        """Spans in the page text where it holds them, in fragments of the reports' contexts elsewhere."""
        apart = []
        for selection in selections:
            if self.text is not None and self.revision is not None:
                if selection.revision_id != self.revision.id:
                    _find(selection, self.text, self.revision)
                if selection.start is not None and selection.end is not None:
                    self.spans[selection.id] = Span(0, selection.start, selection.end)
                    continue
            apart.append(selection)
        if apart:
            quotes = {selection.id: quote_of(selection) for selection in apart}
            self._fragments = Fragments(quotes.values())
            for selection in apart:
                self.spans[selection.id] = self._fragments.place(quotes[selection.id])

    def _key(self, selection: Selection) -> tuple[Span, str | None]:
        return self.spans[selection.id], selection.correction

    def _fixed_groups(self) -> dict[UUID, int]:
        """Selections that stay where they are: in decided cases, and where an editor put them."""
        numbers: dict[UUID, int] = {}
        answer = {}
        for selection in self.selections:
            if selection in self._new:
                continue
            if selection.pinned or self.cases[selection.case_id].status != "open":
                answer[selection.id] = numbers.setdefault(selection.case_id, len(numbers))
        return answer

    def _main_case(self, own: list[Selection], taken: set[UUID]) -> UUID | None:
        counts: dict[UUID, int] = defaultdict(int)
        for selection in own:
            if selection not in self._new and selection.case_id not in taken:
                counts[selection.case_id] += selection.report_count
        return max(counts, key=lambda case_id: (counts[case_id], case_id), default=None)

    def _move(self, own: list[Selection], case_id: UUID) -> None:
        for selection in own:
            self._touched.add(case_id)
            if selection in self._new:
                selection.case_id = case_id
                self._unsaved.append(selection)
            elif selection.case_id != case_id:
                left, selection.case_id = selection.case_id, case_id
                self._touched.add(left)
                self.add_cases()
                self.session.flush()
                self.add_selections()
                self.session.flush()
                self.session.execute(
                    update(Placement).where(Placement.selection_id == selection.id).values(case_id=case_id)
                )
                for changed in (left, case_id):
                    recount_readers(self.session, self.cases[changed])
        self._new = [selection for selection in self._new if selection not in own]

    def _close_empty(self, now: datetime) -> None:
        """Cases whose selections all belong to others now."""
        filled = {selection.case_id for selection in self.selections}
        for case in [case for case in self.cases.values() if case.id not in filled and case.status == "open"]:
            decided = self.session.scalar(select(exists().where(Decision.case_id == case.id)))
            if decided:
                apply_step(self.session, case, Step(action="reject", cause="emptied"), now=now)
            else:
                self.session.execute(delete(Case).where(Case.id == case.id))
                self.session.expunge(case)
                del self.cases[case.id]

    def _show(self, case: Case, own: list[Selection]) -> None:
        """The case's passage and its readers' corrections, as its selections say."""
        span = self._passage_span(own)
        quote = self.quote_at(span)
        if quote.exact != case.exact:
            case.version += 1
        case.exact, case.prefix, case.suffix = quote.exact, quote.prefix, quote.suffix
        if span.text == 0:
            case.start, case.end, case.state = span.start, span.end, "found"
        else:
            position = _position(own, self.spans, span)
            case.start, case.end = (
                (None, None) if position is None else (position, position + len(quote.exact))
            )
            case.state = "unchecked" if self.text is None else "gone"
        case.fingerprint = fingerprint(quote)
        remember(case, quote.prefix + quote.exact + quote.suffix)
        self._vote(case, own, span)

    def _passage_span(self, own: list[Selection]) -> Span:
        """The narrowest selection, or all that the corrections which touch it change."""
        spans = sorted(
            (self.spans[selection.id].end - self.spans[selection.id].start, self.spans[selection.id])
            for selection in own
        )
        narrowest = spans[0][1]
        changes = [
            self.spans[selection.id]
            for selection in own
            if selection.correction is not None and self.spans[selection.id].shared(narrowest)
        ]
        if not changes:
            return narrowest
        return Span(narrowest.text, min(one.start for one in changes), max(one.end for one in changes))

    def _vote(self, case: Case, own: list[Selection], span: Span) -> None:
        votes: dict[str, int] = defaultdict(int)
        for selection in own:
            mine = self.spans[selection.id]
            if selection.correction is None or mine.text != span.text:
                continue
            if not (span.start <= mine.start and mine.end <= span.end):
                continue
            text = self.quote_at(span).exact
            reads = text[: mine.start - span.start] + selection.correction + text[mine.end - span.start :]
            votes[reads] += selection.report_count
        for suggestion in [one for one in case.suggestions if one.source == "reader"]:
            count = votes.pop(suggestion.text, 0)
            if count:
                suggestion.votes = count
            else:
                case.suggestions.remove(suggestion)
                self.session.delete(suggestion)
        case.suggestions.extend(
            Suggestion(id=uuid7(), text=text, source="reader", votes=count)
            for text, count in votes.items()
            if count
        )
        case.suggestions.sort(key=lambda one: (-one.votes, -(one.confidence or 0), one.text))


def _find(selection: Selection, text: PageText, revision: Revision) -> None:
    place = text.find(quote_of(selection), selection.position)
    selection.revision_id = revision.id
    found = place if place is not None and not place.changed else None
    selection.start, selection.end = (found.start, found.end) if found else (None, None)


def _cases_of(session: Session, page: Page) -> dict[UUID, Case]:
    query = select(Case).where(Case.page_id == page.id).options(selectinload(Case.suggestions))
    return {case.id: case for case in session.scalars(query)}


def _selections_of(session: Session, page: Page) -> list[Selection]:
    return list(session.scalars(select(Selection).where(Selection.page_id == page.id).order_by(Selection.id)))


def quote_of(selection: Selection) -> Quote:
    """The selection as a quote."""
    return Quote(selection.exact, selection.prefix, selection.suffix)


def fingerprint(quote: Quote) -> bytes:
    """Tells the same passage on another page from an equal word: digest of passage and surroundings."""
    text = fold(
        quote.prefix[-_FINGERPRINT_CONTEXT:] + "\0" + quote.exact + "\0" + quote.suffix[:_FINGERPRINT_CONTEXT]
    )
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _position(own: list[Selection], spans: dict[UUID, Span], span: Span) -> int | None:
    """Where the readers' page text holds the passage, as far as one of them said."""
    for selection in own:
        if selection.position is not None and spans[selection.id].text == span.text:
            return max(0, selection.position + span.start - spans[selection.id].start)
    return None
