"""The grammar of Russian words, as rules need it. The dictionary behind it is a parameter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

_SECOND = {"gen2": "gent", "loc2": "loct", "acc2": "accs"}


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word form, with the grammemes of OpenCorpora; None where a word has none."""

    word: str
    lemma: str
    pos: str
    case: str | None
    number: str | None
    gender: str | None
    person: str | None
    tense: str | None
    animacy: str | None
    score: float

    @property
    def is_adjective(self) -> bool:
        """Return whether the form agrees with a noun: an adjective or a participle."""
        return self.pos in ("ADJF", "PRTF")

    def agrees(self, other: "Form") -> bool:
        """Return whether two forms of a noun phrase have one case, number and gender."""
        if plain_case(self.case) != plain_case(other.case) or (self.number or "") != (other.number or ""):
            return False
        shows_animacy = plain_case(self.case) == "accs" and (self.number == "plur" or self.gender == "masc")
        if shows_animacy and self.animacy and other.animacy and self.animacy != other.animacy:
            return False
        return self.number == "plur" or not self.gender or not other.gender or self.gender == other.gender


def plain_case(case: str | None) -> str | None:
    """Return the main case of a second case: в лесу is locative."""
    return _SECOND.get(case or "", case)


class Morphology(Protocol):
    """A dictionary of word forms."""

    def forms(self, word: str) -> Sequence[Form]:
        """Return the readings of a known word in lower case; nothing for an unknown word."""

    def lexeme(self, form: Form) -> Sequence[Form]:
        """Return all forms of the word that `form` is a form of."""
