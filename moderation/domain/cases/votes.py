"""The passage and the corrections that a case shows, and the case that survives when two become one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from moderation.domain.text.fragments import Span
from moderation.domain.text.normalise import Quote

MOST_SUGGESTIONS = 10
"""Readers' corrections that a case shows: those with the most votes. The others are only counted."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The readers of one selection: its span, their quote and their correction."""

    span: Span
    quote: Quote
    correction: str | None
    report_count: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A case's claim to a group of selections, because some of its selections are in it."""

    case_id: UUID
    group: int
    is_best: bool
    """The case's narrowest selection is in this group."""
    has_history: bool
    width: int
    """The width of the case's narrowest selection in this group."""
    reports: int


def surviving(claims: Iterable[Claim]) -> dict[int, UUID]:
    """For each claimed group the case that goes with it. A case goes with one group at most.

    A case goes with the selections that show its mistake best, the narrowest. Of two cases that claim one
    group, the case with a history survives, else the one with the narrower selection, more reports, or the
    older one.
    """
    owners: dict[int, UUID] = {}
    for claim in sorted(claims, key=_order):
        if claim.group not in owners and claim.case_id not in owners.values():
            owners[claim.group] = claim.case_id
    return owners


def _order(claim: Claim) -> tuple[bool, bool, int, int, UUID, int]:
    return (
        not claim.is_best,
        not claim.has_history,
        claim.width,
        -claim.reports,
        claim.case_id,
        claim.group,
    )


def narrowest_span(voices: Sequence[Voice]) -> Span:
    """The span of the narrowest selection."""
    return min((voice.span for voice in voices), key=lambda span: (span.end - span.start, span))


def passage_span(voices: Sequence[Voice]) -> Span:
    """The narrowest selection, or all that the corrections which touch it change."""
    narrowest = narrowest_span(voices)
    changes = [
        voice.span for voice in voices if voice.correction is not None and voice.span.shared(narrowest)
    ]
    if not changes:
        return narrowest
    return Span(narrowest.text, min(span.start for span in changes), max(span.end for span in changes))


def own_quote(voices: Sequence[Voice], span: Span) -> Quote | None:
    """The span as one reader's own quote shows it; None when no quote shows all of it.

    Contexts of two readers are never joined: their selections may stand at two places of the page.
    """
    shown = [
        (voice.span.end - voice.span.start, -len(voice.quote.text), voice.quote.text, voice)
        for voice in voices
        if voice.span.text == span.text
        and voice.span.start - voice.quote.start <= span.start
        and span.end <= voice.span.end + len(voice.quote.suffix)
    ]
    if not shown:
        return None
    _, _, text, voice = min(shown, key=lambda row: row[:3])
    offset = voice.span.start - voice.quote.start
    start, end = span.start - offset, span.end - offset
    return Quote(text[start:end], text[:start], text[end:])


def count_votes(voices: Sequence[Voice], span: Span, exact: str) -> dict[str, int]:
    """By correction of the whole passage `exact` at `span`, how many reports ask for it; most votes first.

    A selection of just the passage counts also if its context shows no common text with the others.
    """
    votes: dict[str, int] = defaultdict(int)
    for voice in voices:
        if voice.correction is None or not voice.report_count:
            continue
        is_inside = (
            voice.span.text == span.text and span.start <= voice.span.start and voice.span.end <= span.end
        )
        if is_inside:
            start, end = voice.span.start - span.start, voice.span.end - span.start
            votes[exact[:start] + voice.correction + exact[end:]] += voice.report_count
        elif voice.span.text != span.text and voice.quote.exact == exact:
            votes[voice.correction] += voice.report_count
    return dict(sorted(votes.items(), key=lambda row: (-row[1], row[0])))


def position(voices: Sequence[tuple[Span, int | None]], span: Span) -> int | None:
    """Compute the start of the span in the readers' page text; None if no reader sent a position."""
    for known, start in voices:
        if start is not None and known.text == span.text:
            return max(0, start + span.start - known.start)
    return None
