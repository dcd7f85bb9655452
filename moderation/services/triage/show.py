"""Let a case show the passage and the corrections that its selections say."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.cases.votes import (
    MOST_SUGGESTIONS,
    Voice,
    count_votes,
    narrowest_span,
    own_quote,
    passage_span,
    position,
)
from moderation.domain.text.blocks import block_at, zone_of
from moderation.domain.text.fragments import PAGE_TEXT, Span
from moderation.domain.text.normalise import Quote, fold
from moderation.domain.text.passage import cut
from moderation.models import Case, Selection, Suggestion
from moderation.services.cases.search import remember
from moderation.services.triage.locate import locate, quote_of
from moderation.services.triage.page_cases import PageCases

# How much of the surroundings tells the same passage on another page from an equal word.
_FINGERPRINT_CONTEXT = 24


def show(session: Session, on_page: PageCases, case: Case) -> None:
    """Bring an open case's passage and its readers' suggestions up to date."""
    selections = on_page.of_case(case.id)
    # Located by themselves: what the case shows must not change with the contexts of other cases.
    locations = locate(selections, on_page.revision, on_page.text)
    voices = [
        Voice(
            locations[selection.id].span,
            quote_of(selection),
            selection.correction,
            selection.report_count,
        )
        for selection in selections
    ]
    span, quote = _passage(on_page, voices)
    if quote.exact != case.exact:
        case.version += 1
        case.was_on_page = False
    case.exact, case.prefix, case.suffix = quote.exact, quote.prefix, quote.suffix
    if span.text == PAGE_TEXT:
        case.start, case.end, case.state = span.start, span.end, "found"
        case.was_on_page = True
    else:
        start = position([(locations[one.id].span, one.position) for one in selections], span)
        case.start, case.end = (None, None) if start is None else (start, start + len(quote.exact))
        case.state = "unchecked" if on_page.text is None else "gone"
    _stand_in_block(on_page, case, span)
    case.fingerprint = fingerprint(quote)
    remember(case, quote.text)
    votes = count_votes(voices, span, quote.exact)
    is_partial = case.id in on_page.partial
    case.correction_count = _count_corrections(session, on_page, case) if is_partial else len(votes)
    _suggest(session, case, votes, keep_others=is_partial)


def _passage(on_page: PageCases, voices: list[Voice]) -> tuple[Span, Quote]:
    span = passage_span(voices)
    if span.text == PAGE_TEXT and on_page.text is not None:
        return span, cut(on_page.text.text, span.start, span.end)
    quote = own_quote(voices, span)
    if quote is None:  # no reader sent all that the corrections change
        span = narrowest_span(voices)
        quote = own_quote(voices, span)
    if quote is None:
        raise AssertionError("a selection's own quote shows its span")
    return span, quote


def _stand_in_block(on_page: PageCases, case: Case, span: Span) -> None:
    """Store the part of the article that the passage stands in, as far as that is known."""
    if span.text != PAGE_TEXT or on_page.revision is None:
        case.zone = None
        case.stands_in(None, 0, 0)
        return
    blocks = on_page.revision.blocks
    case.zone = zone_of(blocks, span.start)
    case.stands_in(block_at(blocks, span.start), span.start, span.end)


def _suggest(session: Session, case: Case, votes: dict[str, int], *, keep_others: bool) -> None:
    """Store the readers' best corrections with their votes; the speller's stay. The best comes first."""
    stored = [one for one in case.suggestions if one.source == "reader"]
    counts = {one.text: one.votes for one in stored} | votes if keep_others else votes
    best = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:MOST_SUGGESTIONS]
    wanted = {text: count for text, count in best if count}
    for suggestion in stored:
        if suggestion.text in wanted:
            suggestion.votes = wanted.pop(suggestion.text)
        else:
            case.suggestions.remove(suggestion)
            session.delete(suggestion)
    case.suggestions.extend(
        Suggestion(id=uuid7(), text=text, source="reader", votes=count) for text, count in wanted.items()
    )
    case.suggestions.sort(key=lambda one: (-one.votes, -(one.confidence or 0), one.text))


def _count_corrections(session: Session, on_page: PageCases, case: Case) -> int:
    """Count the different corrections in the case's selections, also in those that are not compared."""
    compared = [one for one in on_page.of_case(case.id) if one.report_count > 0]
    known = {one.correction for one in compared if one.correction is not None}
    others = select(func.count(Selection.correction.distinct())).where(
        Selection.case_id == case.id,
        Selection.report_count > 0,
        Selection.id.not_in([one.id for one in on_page.selections]),
        Selection.correction.not_in(known),
    )
    return len(known) + (session.scalar(others) or 0)


def fingerprint(quote: Quote) -> bytes:
    """Tells the same passage on another page from an equal word: digest of passage and surroundings."""
    text = fold(
        quote.prefix[-_FINGERPRINT_CONTEXT:] + "\0" + quote.exact + "\0" + quote.suffix[:_FINGERPRINT_CONTEXT]
    )
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
