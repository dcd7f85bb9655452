"""How well a place in a text agrees with a quote: the passage itself, and its surroundings read outwards from
the passage's edges, where every agreeing character speaks for the place and every edit against it (the
extension step of BLAST, Altschul et al. 1990). Texts and quotes are folded.
"""

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from moderation.domain.text.normalise import Quote

# What speaks against a place, in agreeing characters: an edit at all, and each character of it.
_EDIT = 3.0
_EDITED_CHAR = 0.6
# So few agreeing characters between two edits do so by chance: all of it is one edit.
_CHANCE = 2
# What the surroundings of a place inside a word count, where the quote is a whole one.
_CUT = 0.65


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be the quote's, and what speaks for it on either side and inside.

    `changed`: between its surroundings stands something else than the passage.
    """

    start: int
    end: int
    before: float
    after: float
    inside: float
    changed: bool

    @property
    def around(self) -> float:
        """What speaks for it in its surroundings."""
        return self.before + self.after

    @property
    def score(self) -> float:
        """What speaks for it in all."""
        return self.around + self.inside

    def touches(self, other: "Candidate") -> bool:
        """Whether the two share a character or stand side by side."""
        return self.start <= other.end and other.start <= self.end


def word_for_word(text: str, at: int, quote: Quote) -> Candidate:
    """The candidate where the passage stands as it was."""
    end = at + len(quote.exact)
    trust = _CUT if cuts_word(text, at, quote) else 1.0
    return Candidate(
        at,
        end,
        before=trust * before(text, at, quote.prefix),
        after=trust * after(text, end, quote.suffix),
        inside=len(quote.exact),
        changed=False,
    )


def mended(text: str, start: int, end: int, quote: Quote) -> Candidate:
    """The candidate where something else stands between the passage's surroundings."""
    return Candidate(
        start,
        end,
        before=before(text, start, quote.prefix),
        after=after(text, end, quote.suffix),
        inside=resemblance(quote.exact, text[start:end]),
        changed=True,
    )


def before(text: str, at: int, prefix: str) -> float:
    """What the prefix has in common with the text that ends at a place."""
    return _extend(prefix[::-1], text[max(0, at - 2 * len(prefix)) : at][::-1])


def after(text: str, at: int, suffix: str) -> float:
    """What the suffix has in common with the text that begins at a place."""
    return _extend(suffix, text[at : at + 2 * len(suffix)])


def resemblance(exact: str, other: str) -> float:
    """What speaks for it that the one was mended to the other; less than nothing for what is unlike."""
    edits = Levenshtein.distance(exact, other)
    return max(len(exact), len(other)) - edits - apart(edits)


def apart(edited: int) -> float:
    """What one edit of so many characters speaks against a place."""
    return _EDIT + _EDITED_CHAR * edited


def cuts_word(text: str, at: int, quote: Quote) -> bool:
    """Whether a passage at this place is inside a word where the quote is a whole one: "ни" in "они"."""
    exact, end = quote.exact, at + len(quote.exact)
    left = not joined(quote.prefix[-1:], exact[:1]) and joined(text[max(0, at - 1) : at], exact[:1])
    right = not joined(exact[-1:], quote.suffix[:1]) and joined(exact[-1:], text[end : end + 1])
    return left or right


def joined(a: str, b: str) -> bool:
    """Whether two neighbouring characters are of one word."""
    return a.isalnum() and b.isalnum()


def _extend(piece: str, text: str) -> float:
    """How far the piece agrees with the text, read from their common start: the best sum on the way."""
    same = 0
    for a, b in zip(piece, text, strict=False):
        if a != b:
            break
        same += 1
    rest = piece[same:]
    if not rest:
        return float(same)
    # An alignment reaches to the end of what it is given: with much more text than the piece its letters are
    # drawn apart to match there, with as much there is no room for what was added.
    rooms = {min(len(text), same + room) for room in (len(rest), 2 * len(piece))}
    return same + max(_best_sum(rest, text[same:room]) for room in rooms)


def _best_sum(piece: str, text: str) -> float:
    best = score = 0.0
    edited = 0
    for op in Levenshtein.opcodes(piece, text):
        length = op.src_end - op.src_start
        if op.tag != "equal":
            edited += max(length, op.dest_end - op.dest_start)
        elif edited and length < _CHANCE:
            edited += length
        else:
            score += length - (apart(edited) if edited else 0.0)
            best = max(best, score)
            edited = 0
    return best
