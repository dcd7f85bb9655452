"""Languages of the pages that readers and editors see, by their code. This is the only list."""

from typing import Literal, get_args

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "en"
"""For a browser that asks for none of them."""
LANGUAGE_NAMES: dict[Language, str] = {"ru": "Русский", "en": "English"}
"""Each in its own language, for the language switch."""
