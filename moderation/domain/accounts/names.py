"""Rule for names that appear in mail: of people and of sites."""

import unicodedata

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_one_line(name: str) -> bool:
    """Return whether a name has no line ends, control characters or marks that turn the text around.

    A name with line ends could put a text of its own into a mail.
    """
    return not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in _DIRECTION for char in name)
