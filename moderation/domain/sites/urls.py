"""Canonical URLs of pages, and origins of sites."""

import re
import string
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import idna

from moderation.domain.sites.limits import URL_LENGTH

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Tracking parameters: they say where a reader came from, and do not identify the page.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|yclid|ysclid|_openstat|msclkid|mc_[ce]id|igshid|twclid|"
    r"ttclid|vero_id|_hs(enc|mi)|oly_(anon|enc)_id|_gl|_ga|mkt_tok|rb_clickid|s_cid|wickedid|etext)",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?", re.ASCII
)
_SAFE = "/%:@!$&'()*+,;=~-._"
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_DOTS = re.compile(r"(?:^|/)\.\.?(?:/|$)")


_KEPT = 512
"""Characters of an address whose results are kept. A stranger can send any number of longer ones."""


LONGEST = 2 * URL_LENGTH
"""Characters of an address with letters beyond ASCII. A page's server can state one of millions.

Python sorts the accents of a host name, which takes the square of their number.
"""


class InvalidUrl(ValueError):
    """Not an absolute http(s) URL of a page."""


class InvalidOrigin(InvalidUrl):
    """Some texts are not the origin of a site: `origins`. The text says why each is not."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.origins = tuple(wrong)


def follow(page: str, link: str) -> str:
    """Return the address that a link on a page leads to. Raises InvalidUrl."""
    _require_short(link)
    try:
        return urljoin(page, link)
    except ValueError as error:
        raise InvalidUrl(f"the URL cannot be read: {error}") from None


def _require_short(url: str) -> None:
    if len(url) > LONGEST and not url.isascii():
        raise InvalidUrl(f"the URL has more than {LONGEST} characters")


def canonical_url(url: str) -> str:
    """Return the page's canonical URL: RFC 3986 normalisation, without fragment and tracking parameters.

    Raises InvalidUrl.
    """
    canonical = kept_canonical_url(url) if len(url) <= _KEPT else _canonical_url(url)
    if len(canonical) > URL_LENGTH:  # escaped. An index of the database holds it whole
        raise InvalidUrl(f"the URL has more than {URL_LENGTH} characters with its letters escaped")
    return canonical


def _canonical_url(url: str) -> str:
    origin, parts = _split(url)
    path = _without_dots(_escaped(parts.path or "/", safe=_SAFE))
    query = parts.query
    if _TRACKING.search(unquote(query)):
        kept = [pair for pair in query.split("&") if not _TRACKING.fullmatch(unquote(pair.partition("=")[0]))]
        query = "&".join(kept)
    # Not by urlunsplit: from Python 3.13 on it puts two slashes before a path that begins with two.
    return f"{origin}{path}?{_escaped(query, safe=_SAFE + '?')}" if query else origin + path


kept_canonical_url = lru_cache(maxsize=4096)(_canonical_url)


def origin_of(url: str) -> str:
    """Return scheme://host[:port] in lower case, in punycode, without a default port. Raises InvalidUrl."""
    return kept_origin_of(url) if len(url) <= _KEPT else _origin_of(url)


def _origin_of(url: str) -> str:
    return _split(url)[0]


kept_origin_of = lru_cache(maxsize=4096)(_origin_of)


def origin_pattern(text: str) -> str:
    """Normalise a site's origin, such as https://news.example or https://*.news.example.

    Raises InvalidUrl if the text has a path or is not an origin.
    """
    origin, parts = _split(text.strip(), wildcard=True)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise InvalidUrl(f"{text}: an origin is scheme://host[:port], without a path")
    return origin


def origin_patterns(texts: Iterable[str]) -> list[str]:
    """Normalise a site's origins, without doubles. Raises InvalidOrigin for all that are wrong."""
    patterns: set[str] = set()
    wrong: dict[str, str] = {}
    for text in texts:
        try:
            patterns.add(origin_pattern(text))
        except InvalidUrl as error:
            wrong[text] = str(error)
    if wrong:
        raise InvalidOrigin(wrong)
    return sorted(patterns)


def complete_origin(text: str) -> str:
    """Add a scheme to a typed address: https, or http for this machine."""
    typed = text.strip()
    host = typed.partition("/")[0].partition(":")[0]
    if "://" in typed or not ("." in host or host == "localhost"):
        return typed
    return ("http://" if host in ("localhost", "127.0.0.1") else "https://") + typed


def allows(patterns: tuple[str, ...], origin: str) -> bool:
    """Return whether the origin matches a pattern. `*.` matches one or more host labels."""
    return any(origin == pattern or _under(pattern, origin) for pattern in patterns)


def _under(pattern: str, origin: str) -> bool:
    scheme, star, rest = pattern.partition("://*")
    return (
        bool(star)
        and origin.startswith(scheme + "://")
        and origin.endswith(rest)
        and (len(origin) > len(scheme) + 3 + len(rest))
    )


def _escaped(text: str, *, safe: str) -> str:
    """Escape what an address escapes, in one way: %d0 becomes %D0, and %41 becomes A (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(_plain_escape, quote(text, safe=safe))


def _plain_escape(escape: re.Match[str]) -> str:
    char = chr(int(escape[1], 16))
    return char if char in _UNRESERVED else escape[0].upper()


def _split(url: str, wildcard: bool = False) -> tuple[str, SplitResult]:
    _require_short(url)
    if any(ord(char) <= 32 or ord(char) == 127 for char in url) or "\\" in url:
        raise InvalidUrl("the URL holds spaces, control characters or backslashes")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidUrl(f"the URL cannot be read: {error}") from None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        raise InvalidUrl("the URL must be absolute and start with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise InvalidUrl("the URL must not hold a user name or password")
    name = _ascii_host(host, wildcard)
    return f"{scheme}://{name}" + (f":{port}" if port and port != _DEFAULT_PORTS[scheme] else ""), parts


def _ascii_host(host: str, wildcard: bool) -> str:
    host = host.rstrip(".")
    if ":" in host:
        return f"[{host}]"
    star, name = ("*.", host[2:]) if wildcard and host.startswith("*.") else ("", host)
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode()
        except idna.IDNAError as error:
            raise InvalidUrl(f"the host name is not valid: {error}") from None
    if not _HOST.fullmatch(name) or "*" in name:
        raise InvalidUrl("the host name is not valid")
    return star + name


def _without_dots(path: str) -> str:
    """Remove dot segments (RFC 3986, section 5.2.4)."""
    if not _DOTS.search(path):
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
