"""Check redirect targets: only paths of this instance are allowed, no other hosts."""

import re
from urllib.parse import urlsplit

# Browsers drop a TAB and read a backslash as a slash, so they read "/\t/evil.example" as "//evil.example".
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


def local_path(value: str | None, default: str, under: str = "/") -> str:
    """Return the value if it is a path of this instance that begins with `under`, else the default."""
    if not value or _UNSAFE.search(value) or not value.startswith(under) or "//" in value.partition("?")[0]:
        return default
    try:
        parts = urlsplit(value)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else value
