"""Links that take an editor to the passage: on the page, and in the site's CMS."""

import re
from urllib.parse import quote, urlsplit

_WORDS = 4
_WORD = re.compile(r"\S+")


def text_link(url: str, *, exact: str, prefix: str, suffix: str) -> str:
    """The page's URL with a text fragment that scrolls to the passage and marks it.

    (WICG Scroll to Text Fragment: `#:~:text=prefix-,start,end,-suffix`.) Prefix and suffix stop at a line
    end, because browsers search for them in one block. For a passage of several lines the fragment names its
    first and last words.
    """
    lines = exact.strip().splitlines() or [""]
    start = [_encode(lines[0])] if len(lines) == 1 else [_encode(_first(lines[0])), _encode(_last(lines[-1]))]
    before, after = _last(prefix.rpartition("\n")[2]), _first(suffix.partition("\n")[0])
    # The far end might cut a word, and browsers match whole words only.
    parts = [*([_encode(before) + "-"] if before else []), *start, *(["-" + _encode(after)] if after else [])]
    return f"{url}#:~:text={','.join(parts)}"


def cms_link(template: str, url: str) -> str | None:
    """Return the page's edit link from the site's template, or None without a template."""
    if not template:
        return None
    path = urlsplit(url).path
    values = {"url": quote(url, safe=""), "path": path, "last": path.rstrip("/").rpartition("/")[2]}
    return re.sub(r"\{(url|path|last)\}", lambda found: values[found[1]], template)


def _first(text: str) -> str:
    return " ".join(_WORD.findall(text)[:_WORDS])


def _last(text: str) -> str:
    return " ".join(_WORD.findall(text)[-_WORDS:])


def _encode(text: str) -> str:
    # "-" and "," separate the parts of the fragment, "&" separates directives.
    return quote(text, safe="").replace("-", "%2D")
