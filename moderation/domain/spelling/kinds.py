"""Which corrections go with the kind of mistake that a reader chose."""


def goes_with_kind(exact: str, correction: str, kind: str | None) -> bool:
    """Return whether a correction of `exact` is of this kind.

    A punctuation mistake changes marks and spaces only. A mistake of spelling or grammar changes more than
    marks. Nobody can correct a wrong fact by grammar.
    """
    if kind == "fact":
        return False
    if kind == "punctuation":
        return _letters(exact) == _letters(correction)
    if kind in ("spelling", "grammar"):
        return _without_marks(exact) != _without_marks(correction)
    return True


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _without_marks(text: str) -> str:
    """Return the text without the marks that separate clauses; hyphens and apostrophes belong to words."""
    return "".join(char for char in text if char.isalnum() or char in " -‑'’")
