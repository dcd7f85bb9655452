"""Content Security Policy, level 3: whether a page's policies let a script or a request through."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from urllib.parse import SplitResult, urlsplit

from moderation.domain.sites.urls import LONGEST

Policy = Mapping[str, tuple[str, ...]]
"""The sources of each directive, in lower case except for nonces and paths."""

MOST = 50
"""Policies of a page that are looked at. Browsers enforce all, and no page needs so many."""
_MOST_DIRECTIVES, _MOST_SOURCES = 100, 200
_PORTS = {"http": 80, "https": 443}
_PORT = re.compile(r":(\d{1,5}|\*)$")
_SCRIPT = ("script-src-elem", "script-src", "default-src")
_CONNECT = ("connect-src", "default-src")


def parse_policies(values: Sequence[str]) -> list[Policy]:
    """Parse the values of headers or of `meta` elements, at most MOST. A value can hold several policies."""
    texts = (text for value in values for text in value.split(",", MOST)[:MOST] if text.strip())
    return [_parse(text) for text in islice(texts, MOST)]


def _parse(text: str) -> Policy:
    policy: dict[str, tuple[str, ...]] = {}
    for part in text.split(";", _MOST_DIRECTIVES)[:_MOST_DIRECTIVES]:
        name, *sources = part.split(maxsplit=_MOST_SOURCES)[:_MOST_SOURCES] or [""]
        if name:
            policy.setdefault(name.lower(), tuple(sources))  # the first one of a name counts
    return policy


def blocks_scripts(policy: Policy) -> bool:
    """Return whether the page is sandboxed without scripts."""
    flags = policy.get("sandbox")
    return flags is not None and "allow-scripts" not in [flag.lower() for flag in flags]


def script_directive(policy: Policy, page: str, urls: Sequence[str], nonce: str = "") -> str | None:
    """Return the directive that blocks a script tag or the modules that it imports; None if none does.

    A hash does not help: it allows one file, and the modules of that file have others.
    """
    name, sources = _directive(policy, _SCRIPT)
    if sources is None or (nonce and f"'nonce-{nonce}'" in sources):
        return None
    if "'strict-dynamic'" in (source.lower() for source in sources):  # hosts are ignored then
        return name
    return None if all(_any_allows(sources, page, url) for url in urls) else name


def connect_directive(policy: Policy, page: str, urls: Sequence[str]) -> str | None:
    """Return the directive that blocks requests to these URLs; None if none does."""
    name, sources = _directive(policy, _CONNECT)
    if sources is None or all(_any_allows(sources, page, url) for url in urls):
        return None
    return name


def _directive(policy: Policy, names: Sequence[str]) -> tuple[str, tuple[str, ...] | None]:
    return next(((name, policy[name]) for name in names if name in policy), ("", None))


def _any_allows(sources: Sequence[str], page: str, url: str) -> bool:
    target, own = urlsplit(url), urlsplit(page)
    return any(_allows(source, own, target) for source in sources)


def _allows(source: str, own: SplitResult, target: SplitResult) -> bool:
    lower = source.lower()
    if lower == "*":
        return target.scheme in _PORTS
    if lower == "'self'":
        return _host_allows(urlsplit(f"{own.scheme}://{own.netloc}"), own.scheme, target)
    if lower.startswith("'") or len(source) > LONGEST:
        return False
    if lower.endswith(":") and "/" not in lower:
        return _scheme_allows(lower[:-1], target.scheme)
    has_scheme = "://" in source
    try:
        parts = urlsplit(source if has_scheme else f"//{source}")
        return _host_allows(parts, parts.scheme or own.scheme, target)
    except ValueError:
        return False


def _scheme_allows(scheme: str, actual: str) -> bool:
    """`http` allows https too, because it is the safer one."""
    return scheme == actual or (scheme, actual) == ("http", "https")


def _host_allows(source: SplitResult, scheme: str, target: SplitResult) -> bool:
    return (
        _scheme_allows(scheme.lower(), target.scheme)
        and _name_allows(source.netloc.lower(), target)
        and _path_allows(source.path, target.path)
    )


def _name_allows(netloc: str, target: SplitResult) -> bool:
    name, port = netloc, ""
    if _PORT.search(netloc):
        name, _, port = netloc.rpartition(":")
    host, default = target.hostname or "", _PORTS.get(target.scheme)
    if not (host.endswith(name[1:]) if name.startswith("*.") else name.strip("[]") == host):
        return False
    actual = target.port or default
    is_safer = port == "80" and actual == 443  # http://host:80 allows https too
    return port == "*" or is_safer or actual == (int(port) if port else default)


def _path_allows(path: str, actual: str) -> bool:
    if path in ("", "/"):
        return True
    return actual.startswith(path) if path.endswith("/") else actual == path
