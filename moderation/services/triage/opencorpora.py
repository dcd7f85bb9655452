"""Russian word forms from pymorphy3, which carries the OpenCorpora dictionary."""

from collections.abc import Sequence
from functools import lru_cache

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

from moderation.domain.spelling.morphology import Form

_KEPT = 4096


class OpenCorpora:
    """The words that exist, their readings and lexemes. Readings are kept for the most recent words."""

    def __init__(self, analyzer: MorphAnalyzer) -> None:
        self._analyzer = analyzer
        self._words = analyzer.dictionary.words
        self.spells = analyzer.dictionary.word_is_known
        self.forms = lru_cache(maxsize=_KEPT)(self._forms)

    def knows(self, word: str) -> bool:
        """Return whether the word exists, also if it has е for ё."""
        return self.spells(word, self._analyzer.char_substitutes)  # type: ignore[no-any-return]

    def begun(self, text: str) -> int:
        """Return how many of the text's first letters begin some word, also if they have е for ё."""
        heads = [""]
        for at, char in enumerate(text):
            either = char + self._analyzer.DEFAULT_SUBSTITUTES.get(char, "")
            longer = (head + each for head in heads for each in either)
            heads = [head for head in longer if next(self._words.iterkeys(head), None) is not None]
            if not heads:
                return at
        return len(text)

    def _forms(self, word: str) -> Sequence[Form]:
        if not self.knows(word):
            return ()
        return tuple(_form(parse) for parse in self._analyzer.parse(word) if _is_plain(parse))

    def lexeme(self, form: Form) -> Sequence[Form]:
        """Return all forms of the word that `form` is a form of."""
        for parse in self._analyzer.parse(form.word):
            if parse.normal_form == form.lemma and form.pos == parse.tag.POS:
                return tuple(_form(one) for one in parse.lexeme if _is_plain(one))
        return ()


def _is_plain(parse: Parse) -> bool:
    """Return whether the reading is a usual one: no abbreviation, old form or particle of a noun."""
    return not (
        {"Abbr", "Arch", "Erro", "Dist", "Slng", "Infr", "V-be", "V-ey", "V-oy"} & parse.tag.grammemes
    )


def _form(parse: Parse) -> Form:
    tag = parse.tag
    return Form(
        parse.word, parse.normal_form, tag.POS or "", tag.case, tag.number, tag.gender, tag.person, tag.tense,
        tag.animacy, parse.score,
    )  # fmt: skip
