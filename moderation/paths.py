"""Paths of the program's files, in a checkout and in an installed package.

In a checkout `templates/` and `migrations/` are beside the package `moderation`; in a wheel they are in it.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
STATIC = PACKAGE / "static"
TRANSLATIONS = PACKAGE / "translations"
GRANIAN_LOGS = PACKAGE / "granian_logs.json"
DICTIONARIES = PACKAGE / "dictionaries"
"""Compiled from wordfreq: by `make`, or when the wheel is built."""


def _inside_or_beside(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = _inside_or_beside("templates")
MIGRATIONS = _inside_or_beside("migrations")
