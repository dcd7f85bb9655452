"""Score how well a candidate (a span of a text) agrees with a quote, in agreeing characters.

The passage itself is compared, and its context outwards from the passage's edges: every agreeing character
adds to the score, every edit takes from it (the extension step of BLAST, Altschul et al. 1990). Texts and
quotes are folded.
"""

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein, Prefix

from moderation.domain.text.normalise import Quote
from moderation.domain.text.whole_words import is_letter

# Cost of an edit, in agreeing characters: for the edit, and for each character of it.
_EDIT = 3.0
_EDITED_CHAR = 0.6
# Fewer agreeing characters between two edits agree by chance: all of it counts as one edit.
_CHANCE = 2
# So many characters of context tell that it goes on without a space.
_CERTAIN = 6
# Weight of the context when the candidate cuts a word but the quote is a whole word.
_CUT = 0.65


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span where the quote may stand, and its score before, after and inside the passage.

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
        """Score of the context."""
        return self.before + self.after

    @property
    def score(self) -> float:
        """Score in all."""
        return self.around + self.inside

    def touches(self, other: "Candidate") -> bool:
        """Return whether two candidates overlap or are side by side."""
        return self.start <= other.end and other.start <= self.end


def word_for_word(text: str, at: int, quote: Quote) -> Candidate:
    """The candidate where the passage stands as it was."""
    return unchanged(text, at, at + len(quote.exact), quote)


def unchanged(text: str, start: int, end: int, quote: Quote) -> Candidate:
    """The candidate where the passage stands as it was, but perhaps with other spaces."""
    left, right = before(text, start, quote.prefix), after(text, end, quote.suffix)
    # All of the context agrees: the reader selected a part of the word, and sent no text on that side.
    agrees = left + right >= len(quote.prefix + quote.suffix)
    trust = _CUT if not agrees and cuts_word(text, start, end, quote) else 1.0
    return Candidate(
        start,
        end,
        before=trust * left,
        after=trust * right,
        inside=len(quote.exact),
        changed=False,
    )


def mended(text: str, start: int, end: int, quote: Quote) -> Candidate:
    """The candidate where something else stands between the passage's prefix and suffix."""
    return Candidate(
        start,
        end,
        before=before(text, start, quote.prefix),
        after=after(text, end, quote.suffix),
        inside=resemblance(quote.exact, text[start:end]),
        changed=True,
    )


def before(text: str, at: int, prefix: str) -> float:
    """Score of the prefix against the text that ends at an offset."""
    return _context(prefix[::-1], text[max(0, at - 2 * len(prefix)) : at][::-1])


def after(text: str, at: int, suffix: str) -> float:
    """Score of the suffix against the text that begins at an offset."""
    return _context(suffix, text[at : at + 2 * len(suffix)])


def resemblance(exact: str, other: str) -> float:
    """Score the similarity of a passage and its possible correction; negative if they are not alike."""
    edits = Levenshtein.distance(exact, other)
    return max(len(exact), len(other)) - edits - apart(edits)


def apart(edited: int) -> float:
    """Cost of one edit of this many characters."""
    return _EDIT + _EDITED_CHAR * edited


def cuts_word(text: str, start: int, end: int, quote: Quote) -> bool:
    """Return whether the span is inside a word while the quote is a whole word: "ни" in "они".

    Words that only a style sheet separates are joined in the text. The context tells them from one word.
    """
    exact = quote.exact
    left = not joined(quote.prefix[-1:], exact[:1]) and joined(text[max(0, start - 1) : start], exact[:1])
    if left and not _goes_on(quote.prefix[::-1], text[max(0, start - 2 * _CERTAIN) : start][::-1]):
        return True
    right = not joined(exact[-1:], quote.suffix[:1]) and joined(exact[-1:], text[end : end + 1])
    return right and not _goes_on(quote.suffix, text[end : end + 2 * _CERTAIN])


def _goes_on(piece: str, text: str) -> bool:
    """Return whether a text starts like a piece of context. Spaces are ignored."""
    start = piece.replace(" ", "")[:_CERTAIN]
    return bool(start) and text.replace(" ", "").startswith(start)


def joined(a: str, b: str) -> bool:
    """Return whether two neighbouring characters belong to one word."""
    return bool(a) and bool(b) and is_letter(a) and is_letter(b)


def _context(piece: str, text: str) -> float:
    """Score of a piece of context against a text. Where a space makes the first difference, none counts."""
    score = _extend(piece, text)
    at = int(Prefix.similarity(piece, text))
    if at == min(len(piece), len(text)) or " " not in (piece[at], text[at]):
        return score
    solid = piece.replace(" ", "")
    if not solid:
        return score
    return max(score, _extend(solid, text.replace(" ", "")) * len(piece) / len(solid))


def _extend(piece: str, text: str) -> float:
    """Score of a piece of context against a text, both read from their common start."""
    same = int(Prefix.similarity(piece, text))
    rest = piece[same:]
    if not rest:
        return float(same)
    # Levenshtein aligns the whole window. A window much longer than the context spreads the matches; a window
    # of equal length cannot show insertions. So both lengths are tried, and the better score counts.
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
