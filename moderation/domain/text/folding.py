"""Text for comparing: one form for what readers and typesetters write in several ways, mapped back exactly.

Letter case, `ё` and `е`, kinds of quotation mark and of dash, ligatures and the ellipsis make no
difference. Most of it keeps the length; the little that does not is what the map is for.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from moderation.domain.text.normalise import fold

_LONGER = re.compile("[\ufb00-\ufb06\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\u2026\u2116\u2122]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `grown` holds, for each character that became several, where it stands in `text`
    and how much longer the text is behind it."""

    text: str
    grown: tuple[tuple[int, int], ...] = ()

    def original(self, at: int) -> int:
        """The offset in the original of an offset in `text`; inside a ligature, the ligature's own."""
        if not self.grown:
            return at
        index = bisect_right(self.grown, (at, 1 << 62)) - 1
        if index < 0:
            return at
        start, extra = self.grown[index]
        before = self.grown[index - 1][1] if index else 0
        inside = at - start
        return at - before - min(inside, extra - before)

    def original_end(self, at: int) -> int:
        """Like `original`, of an end: half a ligature takes in all of it."""
        return self.original(at - 1) + 1 if at else 0


@dataclass(frozen=True, slots=True)
class Solid:
    """A text without its spaces. `spaces` says, for each space, how many other characters come before it."""

    text: str
    spaces: tuple[int, ...]

    def original(self, at: int) -> int:
        """The offset in the original of the character at an offset in `text`."""
        return at + bisect_right(self.spaces, at)

    def original_end(self, at: int) -> int:
        """The offset in the original behind the character before an offset in `text`."""
        return self.original(at - 1) + 1 if at else 0


def solid(text: str) -> Solid:
    """The text without spaces."""
    pieces = text.split(" ")
    lengths = accumulate(map(len, pieces[:-1]))
    return Solid("".join(pieces), tuple(lengths))


def folded(text: str) -> Folded:
    """The text for comparing. Idempotent in `text`."""
    if _LONGER.search(text) is None:
        return Folded(fold(text))
    pieces: list[str] = []
    grown: list[tuple[int, int]] = []
    at = extra = length = 0
    for match in _LONGER.finditer(text):
        pieces.append(text[at : match.start()])
        length += match.start() - at
        plain = unicodedata.normalize("NFKC", match[0])
        extra += len(plain) - 1
        grown.append((length, extra))
        pieces.append(plain)
        length += len(plain)
        at = match.end()
    return Folded(fold("".join([*pieces, text[at:]])), tuple(grown))
