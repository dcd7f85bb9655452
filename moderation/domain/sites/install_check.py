"""Check a page for the widget's snippet: find what keeps the widget from working there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from lxml import html

from moderation.domain.sites.csp import (
    Policy,
    blocks_scripts,
    connect_directive,
    parse_policies,
    script_directive,
)
from moderation.domain.sites.urls import InvalidUrl, allows, follow, origin_of
from moderation.domain.text.markup import parse
from moderation.domain.text.page_text import canonical_link

Problem = Literal[
    "domain_not_allowed",
    "no_snippet",
    "tag_manager",
    "in_comment",
    "in_noscript",
    "other_service",
    "mixed_content",
    "wrong_type",
    "no_key",
    "unknown_key",
    "old_key",
    "twice",
    "csp_sandbox",
    "csp_script",
    "csp_connect",
    "canonical_elsewhere",
]
HARMLESS: frozenset[Problem] = frozenset({"old_key", "twice"})
"""Problems with which the widget still works."""

_LOADER = re.compile(r"/widget(?:\.js|/\w+/loader\.js)$")
_TAG_MANAGERS = ("googletagmanager.com/gtm.js", "tagmanager.", "/gtm.js", "assets.adobedtm.com", "tealium")
_JAVASCRIPT = frozenset({"", "text/javascript", "application/javascript", "application/x-javascript"})
_MOST_SNIPPETS = 5
_SHOWN = 200


class Finding(msgspec.Struct, frozen=True):
    """One problem. `detail` is what the page has: a key, an address, a policy's directive."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected attributes of the snippet."""

    service: str
    """Base URL of this service."""
    key: str
    origins: tuple[str, ...]
    previous_key: str | None = None


def works(findings: Sequence[Finding]) -> bool:
    """Return whether the widget works despite these findings."""
    return all(finding.problem in HARMLESS for finding in findings)


def check_install(markup: str, policies: Sequence[str], page: str, expected: Expected) -> list[Finding]:
    """Find what keeps the widget from working on a page; an empty list means that it works.

    `policies` are the values of the Content-Security-Policy headers; `page` is the URL after redirects.
    """
    findings = list(_address_problems(page, markup, expected))
    document = parse(markup)
    scripts = [] if document is None else _snippets(document, page)
    our_scripts = [script for script in scripts if script.src.startswith(expected.service.rstrip("/") + "/")]
    if our_scripts:
        metas = [] if document is None else _meta_policies(document)
        parsed = parse_policies([*policies, *metas])
        findings += _snippet_problems(our_scripts, page, expected)
        findings += _policy_problems(parsed, our_scripts[0], page)
    elif scripts:
        findings.append(_finding("other_service", scripts[0].src))
    else:
        findings.append(_missing(markup))
    return findings


@dataclass(frozen=True, slots=True)
class _Script:
    src: str
    key: str
    nonce: str
    type: str
    is_hidden: bool
    """It stands in a `noscript` or `template` element."""

    @property
    def home(self) -> str:
        """The address that the widget's modules and requests begin with."""
        return _LOADER.sub("/", self.src)


def _finding(problem: Problem, detail: str = "") -> Finding:
    return Finding(problem, detail[:_SHOWN])


def _snippets(document: html.HtmlElement, page: str) -> list[_Script]:
    base = next((element.get("href") for element in document.iter("base") if element.get("href")), None)
    root = _join(page, base) if base else page
    return [_script(tag, root) for tag in document.iter("script") if _is_loader(tag)][:_MOST_SNIPPETS]


def _is_loader(tag: html.HtmlElement) -> bool:
    src = (tag.get("src") or "").partition("?")[0].partition("#")[0].strip()
    return bool(_LOADER.search(src)) and (tag.get("data-site-key") is not None or src.endswith("/widget.js"))


def _script(tag: html.HtmlElement, root: str) -> _Script:
    return _Script(
        src=_join(root, tag.get("src").strip()).partition("?")[0].partition("#")[0],
        key=(tag.get("data-site-key") or "").strip(),
        nonce=tag.get("nonce") or "",
        type=(tag.get("type") or "").strip().lower(),
        is_hidden=any(parent.tag in ("noscript", "template") for parent in tag.iterancestors()),
    )


def _join(base: str, url: str) -> str:
    try:
        return follow(base, url)
    except InvalidUrl:
        return url[:_SHOWN]


def _address_problems(page: str, markup: str, expected: Expected) -> Iterator[Finding]:
    """The page's own address, and the canonical one, which the widget reports."""
    if not _is_allowed(page, expected):
        yield _finding("domain_not_allowed", _origin(page))
        return
    link = canonical_link(markup)
    if link and not _is_allowed(_join(page, link), expected):
        yield _finding("canonical_elsewhere", _origin(_join(page, link)))


def _is_allowed(url: str, expected: Expected) -> bool:
    try:
        return allows(expected.origins, origin_of(url))
    except InvalidUrl:
        return False


def _origin(url: str) -> str:
    try:
        return origin_of(url)
    except InvalidUrl:
        return url


def _missing(markup: str) -> Finding:
    """Say why there is no snippet, as far as the page shows it."""
    at = markup.find("/widget.js")
    if at >= 0 and markup.rfind("<!--", 0, at) > markup.rfind("-->", 0, at):
        return _finding("in_comment")
    manager = next((name for name in _TAG_MANAGERS if name in markup), None)
    return _finding("tag_manager") if manager else _finding("no_snippet")


def _snippet_problems(scripts: Sequence[_Script], page: str, expected: Expected) -> Iterator[Finding]:
    script = scripts[0]
    if script.is_hidden:
        yield _finding("in_noscript")
    if script.type not in _JAVASCRIPT:
        yield _finding("wrong_type", script.type)
    if urlsplit(page).scheme == "https" and urlsplit(script.src).scheme == "http":
        yield _finding("mixed_content", script.src)
    yield from _key_problems(script.key, expected)
    if len(scripts) > 1:
        yield _finding("twice")


def _key_problems(key: str, expected: Expected) -> Iterator[Finding]:
    if not key:
        yield _finding("no_key")
    elif key == expected.previous_key:
        yield _finding("old_key", key)
    elif key != expected.key:
        yield _finding("unknown_key", key)


def _meta_policies(document: html.HtmlElement) -> list[str]:
    return [
        meta.get("content") or ""
        for meta in document.iter("meta")
        if (meta.get("http-equiv") or "").strip().lower() == "content-security-policy"
    ]


def _policy_problems(policies: Sequence[Policy], script: _Script, page: str) -> Iterator[Finding]:
    """Every policy has to allow the script, its modules and its requests. Each problem is named once."""
    problems: dict[Problem, str] = {}
    for policy in policies:
        if blocks_scripts(policy):
            problems.setdefault("csp_sandbox", "sandbox")
        if blocked := script_directive(policy, page, (script.src, script.home + "widget/"), script.nonce):
            problems.setdefault("csp_script", blocked)
        if blocked := connect_directive(policy, page, (script.home + "api/v1/reports",)):
            problems.setdefault("csp_connect", blocked)
    for problem, directive in problems.items():
        yield _finding(problem, directive)
