"""What became of a mistake on its page: mended as suggested, mended otherwise, gone, or still there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from moderation.domain.anchoring import PageText
from moderation.domain.text import Quote, normalise

Outcome = Literal["as_suggested", "otherwise", "gone", "still_there"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The outcome; `start`, `end` and `text` say what stands at the place now, where there is one."""

    outcome: Outcome
    start: int | None = None
    end: int | None = None
    text: str | None = None


def look(page: PageText, quote: Quote, position: int | None, suggested: Sequence[str]) -> Seen:
    """Look for the mistake `quote.exact` on the page as it is now."""
    place = page.find(quote, position)
    if place is None:
        return Seen("gone")
    text = page.text[place.start : place.end]
    # A correction that adds to the passage leaves it standing: "слово" in "слово,".
    extended = next((c for c in suggested if _extends(page.text, place.start, place.end, quote, c)), None)
    if not place.changed and extended is not None:
        return Seen("as_suggested", place.start, place.end, extended)
    if text == quote.exact and not place.changed:
        return Seen("still_there", place.start, place.end, text)
    # Letter case and ё are no difference for finding; here they may be all that was mended.
    if any(normalise(correction).strip() == text.strip() for correction in suggested):
        return Seen("as_suggested", place.start, place.end, text)
    return Seen("otherwise", place.start, place.end, text)


def _extends(text: str, start: int, end: int, quote: Quote, correction: str) -> bool:
    at = correction.find(quote.exact)
    if at < 0 or correction == quote.exact:
        return False
    before, after = correction[:at], correction[at + len(quote.exact) :]
    return (
        text[max(0, start - len(before)) : start] == before
        and text[end : end + len(after)] == after
        and not (quote.prefix.endswith(before) and quote.suffix.startswith(after))
    )
