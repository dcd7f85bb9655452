"""The outcome of a mistake on its page: mended as suggested, mended otherwise, gone, or still there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from moderation.domain.anchoring.find import Match, PageText
from moderation.domain.anchoring.scoring import joined
from moderation.domain.text.normalise import Quote, normalise, occurrences

Outcome = Literal["as_suggested", "otherwise", "gone", "still_there"]

# Number of context characters used to recognise where the context starts.
_TAIL = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """The outcome; `start`, `end` and `text` are the span and the text that stand there now, if any."""

    outcome: Outcome
    start: int | None = None
    end: int | None = None
    text: str | None = None


def outcome_on_page(page: PageText, quote: Quote, position: int | None, suggested: Sequence[str]) -> Seen:
    """The outcome of the mistake `quote.exact` on the page as it is now.

    `position` is where it stood, `suggested` are the corrections that were accepted or suggested.
    """
    match = page.find(quote, position)
    if match is None:
        return _corrected(page.text, quote, suggested) or Seen("gone")
    text = page.text[match.start : match.end]
    # A correction that adds to the passage, or drops a repeated word of it, leaves the passage standing:
    # "слово" in "слово,", "не верю" in what was "не не верю".
    for correction in suggested if not match.changed else ():
        if _extends(page.text, match, quote, correction) or _drops(page.text, match, quote, correction):
            return Seen("as_suggested", match.start, match.end, correction)
    if text == quote.exact and not match.changed:
        return Seen("still_there", match.start, match.end, text)
    # Letter case and ё make no difference for finding; here they may be all that was mended.
    if any(normalise(correction).strip() == text.strip() for correction in suggested):
        return Seen("as_suggested", match.start, match.end, text)
    return _corrected(page.text, quote, suggested) or Seen("otherwise", match.start, match.end, text)


def _corrected(text: str, quote: Quote, suggested: Sequence[str]) -> Seen | None:
    """Find a correction beside the only context that a reader sent: it does not show where the passage ends.

    A quote at the end of an article has no suffix. The page must have context and correction exactly once.
    """
    if bool(quote.prefix.strip()) == bool(quote.suffix.strip()):
        return None
    for correction in (normalise(one).strip() for one in suggested):
        found = list(occurrences(quote.prefix + correction + quote.suffix, text)) if correction else []
        if len(found) == 1:
            start = found[0] + len(quote.prefix)
            end = start + len(correction)
            is_cut = joined(text[max(0, start - 1) : start], correction[:1]) or joined(
                correction[-1:], text[end : end + 1]
            )
            if not is_cut:
                return Seen("as_suggested", start, end, correction)
    return None


def count_standing(text: str, exact: str) -> int:
    """Count the exact occurrences of a passage that are not inside a word."""
    return sum(
        not (
            joined(text[max(0, at - 1) : at], exact[:1])
            or joined(exact[-1:], text[at + len(exact) : at + len(exact) + 1])
        )
        for at in occurrences(exact, text)
    )


def _extends(text: str, match: Match, quote: Quote, correction: str) -> bool:
    """Return whether the text around the passage now completes the correction, and did not before."""
    at = correction.lower().find(quote.exact.lower())
    if at < 0 or correction == quote.exact:
        return False
    end = at + len(quote.exact)
    before, after = correction[:at], correction[end:]
    mended = text[max(0, match.start - at) : match.end + len(after)] == correction
    stood = quote.prefix.endswith(before) and quote.suffix.startswith(after)
    return mended and not (stood and correction[at:end] == quote.exact)


def _drops(text: str, match: Match, quote: Quote, correction: str) -> bool:
    """Return whether the piece that the correction drops is missing beside the passage now."""
    dropped = len(quote.exact) - len(correction)
    if dropped <= 0:
        return False
    if quote.exact.endswith(correction):
        tail, at = quote.prefix[-_TAIL:], match.start
        return text.endswith(tail, 0, at + dropped) and not text.endswith(tail, 0, at)
    head, at = quote.suffix[:_TAIL], match.end
    return (
        quote.exact.startswith(correction)
        and text.startswith(head, at - dropped)
        and not text.startswith(head, at)
    )
