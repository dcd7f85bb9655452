"""Russian word forms from pymorphy3, which carries the OpenCorpora dictionary."""

from collections.abc import Sequence
from functools import lru_cache

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

from moderation.domain.spelling.morphology import Form

_KEPT = 4096


class OpenCorpora:
    """Readings of words and their lexemes. Answers are kept for the most recent words."""

    def __init__(self, analyzer: MorphAnalyzer) -> None:
        self._analyzer = analyzer
        self.forms = lru_cache(maxsize=_KEPT)(self._forms)

    def _forms(self, word: str) -> Sequence[Form]:
        if not self._analyzer.word_is_known(word):
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
