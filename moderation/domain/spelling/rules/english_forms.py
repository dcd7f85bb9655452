"""The forms of English words, as far as rules need them: by their endings and a list of irregular verbs."""

from collections.abc import Iterator

from moderation.domain.spelling.lexicon import Lexicon

_PAST = """
are be, became become, been be, began begin, broke break, brought bring, built build, came come,
chose choose, did do, done do, drew draw, fell fall, felt feel, found find, gave give, given give,
gone go, got get, had have, has have, held hold, is be, kept keep, knew know, known know, led lead,
left leave, lost lose, made make, meant mean, met meet, ran run, said say, saw see, seen see, sent send,
shown show, spent spend, stood stand, taken take, thought think, told tell, took take,
understood understand, used use, was be, went go, were be, written write, wrote write
"""
_BASE_OF = dict(pair.split() for pair in _PAST.split(","))
_COMMON = 3.0


def bases(word: str, lexicon: Lexicon) -> list[str]:
    """Return the verbs that the word is another form of."""
    if word in _BASE_OF:
        return [_BASE_OF[word]]
    return [base for base in _stems(word) if is_verb(base, lexicon)]


def _stems(word: str) -> Iterator[str]:
    for ending, replacements in (
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ied", ("y",)),
        ("ed", ("", "e")),
    ):
        if word.endswith(ending) and not word.endswith("ss"):
            yield from (word[: -len(ending)] + one for one in replacements)
            return


def is_verb(base: str, lexicon: Lexicon) -> bool:
    """Return whether the word is often used as a verb: its forms in -ing and -ed are common."""
    if base in _BASE_OF.values():
        return True
    if len(base) < 3 or lexicon.zipf(base) < _COMMON:
        return False
    stem = base[:-1] if base.endswith("e") else base
    past = base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeiou" else stem + "ed"
    doubled = stem + stem[-1]
    return any(
        min(lexicon.zipf(one), lexicon.zipf(other)) >= _COMMON
        for one, other in ((stem + "ing", past), (doubled + "ing", doubled + "ed"))
    )


_PARTICIPLES = dict(
    pair.split()
    for pair in (
        "be been, become become, begin begun, break broken, bring brought, build built, choose chosen, "
        "come come, "
        "do done, draw drawn, fall fallen, feel felt, find found, get got, give given, go gone, have had, "
        "hold held, keep kept, know known, lead led, leave left, lose lost, make made, mean meant, meet met, "
        "say said, see seen, send sent, show shown, spend spent, take taken, tell told, think thought, "
        "understand understood, write written"
    ).split(", ")
)


def participle(base: str, lexicon: Lexicon) -> str | None:
    """Return the past participle of a verb; None if it has no common one."""
    if base in _PARTICIPLES:
        return _PARTICIPLES[base]
    stem = base[:-1] if base.endswith("e") else base
    forms = [base[:-1] + "ied"] if base.endswith("y") else [stem + "ed", stem + stem[-1] + "ed"]
    best = max(forms, key=lexicon.zipf)
    return best if lexicon.zipf(best) >= _COMMON else None


def third_person(base: str) -> str:
    """Return the form for he, she and it. The plural of a noun is made alike."""
    irregular = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if base in irregular:
        return irregular[base]
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")


def singular(word: str, lexicon: Lexicon) -> str | None:
    """Return the singular of a regular plural; None if the word is none."""
    if len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return None
    if word.endswith("ies"):
        return word[:-3] + "y" if lexicon.zipf(word[:-3] + "y") >= _COMMON else None
    for stem in (word[:-1], word[:-2] if word.endswith(("ses", "xes", "zes", "ches", "shes")) else ""):
        if stem and lexicon.zipf(stem) >= _COMMON:
            return stem
    return None
