"""Find the selection that each report makes, or make a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from uuid_utils.compat import uuid7

from moderation.domain.text.fragments import Span
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import Passage, read
from moderation.models import Report, Selection
from moderation.services.triage.page_cases import Near, PageCases


@dataclass(frozen=True, slots=True)
class Selected:
    """The passage of one report, and its position in the reader's page text."""

    passage: Passage
    position: int | None


def selected(report: Report) -> Selected:
    """Read a report: its smallest passage and its position."""
    passage = read(Quote(report.exact, report.prefix, report.suffix), report.correction)
    return Selected(passage, None if report.start is None else max(0, report.start + passage.shift))


def near(on_page: PageCases, selected_passages: Sequence[Selected]) -> Near:
    """Return the conditions for stored selections that must be compared with these passages."""
    spans = []
    for selected in selected_passages if on_page.text else ():
        place = on_page.text.find(selected.passage.quote, selected.position) if on_page.text else None
        if place is not None:
            spans.append((place.start, place.end))
    quotes = {
        (selected.passage.quote.exact, selected.passage.correction or "") for selected in selected_passages
    }
    return Near(quotes=quotes, spans=spans)


def select_passages(on_page: PageCases, selected_passages: Sequence[Selected]) -> list[Selection]:
    """The selection of each passage, in their order. The page gets those that are new; finds all of them."""
    drafts = [_draft(on_page, one) for one in selected_passages]
    stored = on_page.selections
    on_page.selections = [*stored, *drafts]
    on_page.locate()

    def key(selection: Selection) -> tuple[Span, str | None]:
        return on_page.locations[selection.id].span, selection.correction

    known: dict[tuple[Span, str | None], Selection] = {}
    # A split leaves two equal selections. The one in an open case is still of use to the editors.
    for selection in sorted(stored, key=lambda one: on_page.facts[one.case_id].status != "open"):
        known.setdefault(key(selection), selection)
    chosen = [known.setdefault(key(draft), draft) for draft in drafts]
    kept = {selection.id: selection for selection in chosen}
    on_page.new = {draft.id for draft in drafts if draft.id in kept}
    on_page.selections = [*stored, *(draft for draft in drafts if draft.id in kept)]
    return chosen


def _draft(on_page: PageCases, selected: Selected) -> Selection:
    return Selection(
        id=uuid7(),
        page_id=on_page.page.id,
        exact=selected.passage.quote.exact,
        prefix=selected.passage.quote.prefix,
        suffix=selected.passage.quote.suffix,
        correction=selected.passage.correction,
        position=selected.position,
        pinned=False,
        report_count=0,
    )
