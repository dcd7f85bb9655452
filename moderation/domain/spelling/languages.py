"""Languages of the spell checker, by their code. This is the only list; `dictionaries.py` has their words."""

LANGUAGES = ("ru", "en")
