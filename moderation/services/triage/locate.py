"""Find where a page's selections stand: in its page text, and in the readers' own contexts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from moderation.domain.anchoring.find import PageText
from moderation.domain.text.fragments import PAGE_TEXT, Fragments, Span
from moderation.domain.text.normalise import Quote
from moderation.models import Revision, Selection


@dataclass(frozen=True, slots=True)
class Location:
    """The span that a selection shows at, and its span in the readers' contexts when these were needed."""

    span: Span
    in_contexts: Span | None = None


def locate(
    selections: Sequence[Selection], revision: Revision | None, text: PageText | None
) -> dict[UUID, Location]:
    """The location of each selection: in the page text (text 0) if it holds the selection.

    As soon as the page text lacks one of them, all get a span in the readers' contexts too: that span
    compares selections that the page text holds with those that it does not hold.
    """
    in_page: dict[UUID, Span] = {}
    if text is not None and revision is not None:
        for selection in selections:
            span = _in_page(selection, text, revision)
            if span is not None:
                in_page[selection.id] = span
    if len(in_page) == len(selections):
        return {selection_id: Location(span) for selection_id, span in in_page.items()}
    quotes = {selection.id: quote_of(selection) for selection in selections}
    fragments = Fragments(quotes.values(), [selection.position for selection in selections])
    locations = {}
    for selection in selections:
        in_contexts = fragments.place(quotes[selection.id])
        locations[selection.id] = Location(in_page.get(selection.id, in_contexts), in_contexts)
    return locations


def quote_of(selection: Selection) -> Quote:
    """The selection as a quote."""
    return Quote(selection.exact, selection.prefix, selection.suffix)


def _in_page(selection: Selection, text: PageText, revision: Revision) -> Span | None:
    """The selection's span in the page text. It is stored, and searched again for a new revision only."""
    if selection.revision_id != revision.id:
        place = text.find(quote_of(selection), selection.position)
        is_there = place is not None and (not place.changed or place.interrupted)
        selection.revision_id = revision.id
        selection.start, selection.end = (place.start, place.end) if place and is_there else (None, None)
    if selection.start is None or selection.end is None:
        return None
    return Span(PAGE_TEXT, selection.start, selection.end)
