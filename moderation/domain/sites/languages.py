"""Languages of the pages that readers and editors see, by their code. This is the only list."""

from typing import Literal, get_args

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "en"
"""For browsers that ask for no language of this list."""
LANGUAGE_NAMES: dict[Language, str] = {"ru": "Русский", "en": "English"}
"""Names for the language switch, each in its language."""
