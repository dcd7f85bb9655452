"""Find passages with other text between their words: the server reads text that a style sheet hides."""

from collections.abc import Iterator

from rapidfuzz.distance import Indel, Prefix

from moderation.domain.anchoring.scoring import Candidate, after, apart, before
from moderation.domain.text.folding import Solid
from moderation.domain.text.normalise import Quote, occurrences

# A shorter passage is not interrupted by other text, and text shorter than this interrupts none.
_SHORTEST_PASSAGE = 12
_SHORTEST_INSERTION = 8
# The most text that is expected between two words, in characters without spaces.
_LONGEST_INSERTION = 2000
# A passage is looked for by so many characters of its start, at so many positions.
_HEAD = 10
_MOST_POSITIONS = 50


def is_interrupted(exact: str, text: str) -> bool:
    """Return whether a text is the whole passage with long insertions."""
    exact, text = exact.replace(" ", ""), text.replace(" ", "")
    if len(exact) < _SHORTEST_PASSAGE or len(text) < len(exact) + _SHORTEST_INSERTION:
        return False
    edits = [edit for edit in Indel.opcodes(exact, text) if edit.tag != "equal"]
    return all(
        edit.tag == "insert" and edit.dest_end - edit.dest_start >= _SHORTEST_INSERTION for edit in edits
    )


def interrupted_candidates(text: str, solid: Solid, quote: Quote) -> Iterator[Candidate]:
    """Candidates where the passage stands with one insertion. `solid` is the text without spaces."""
    exact = quote.exact.replace(" ", "")
    if len(exact) < 2 * _HEAD:
        return
    for first in occurrences(exact[:_HEAD], solid.text, _MOST_POSITIONS):
        same = int(Prefix.similarity(exact, solid.text[first : first + len(exact)]))
        tail = exact[same:]
        room = first + same + _LONGEST_INSERTION + len(tail)
        last = solid.text.find(tail, first + same, room) if tail else -1
        if last >= 0:
            start, end = solid.original(first), solid.original_end(last + len(tail))
            score = len(quote.exact) - apart(0)
            yield Candidate(
                start, end, before(text, start, quote.prefix), after(text, end, quote.suffix), score, True
            )
