"""The door that reports come in by: the same checks, limits and storing for the API and for the form."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from flask import Blueprint, g, request
from redis.exceptions import RedisError
from uuid_utils.compat import uuid7

from moderation.domain.sites.urls import InvalidUrl, allows, canonical_url, origin_of
from moderation.models.report import Kind
from moderation.services.intake.proof_of_work import Unproven, check_proof
from moderation.services.intake.reader_hash import reader_hash
from moderation.services.intake.receipts import receipt_token
from moderation.services.intake.store import KeyReused, Submission
from moderation.services.sites.directory import KnownSite
from moderation.web.extensions import limiter
from moderation.web.problems import Problem, invalid
from moderation.web.wiring import wiring

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report as it came, its shape checked. Lengths and positions are in code points."""

    url: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    correction: str | None = None
    comment: str | None = None
    kind: Kind | None = None
    title: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The stored report's id, and its receipt."""

    id: UUID
    token: str
    receipt_url: str


def know_reader(blueprint: Blueprint) -> None:
    """Let every request to the blueprint know whose it is: a hash, `g.reader_hash`."""

    @blueprint.before_request
    def _know_reader() -> None:
        address = request.remote_addr or ""
        g.reader_hash = reader_hash(wiring().settings.secret_key, address, datetime.now(UTC).date())


def limited(view: Callable[..., Any]) -> Callable[..., Any]:
    """Both limits, counted together for every way in."""
    per_reader = limiter.shared_limit(
        lambda: wiring().settings.reader_limit,
        scope="reports",
        key_func=lambda: "reader " + g.reader_hash.hex(),
        exempt_when=lambda: request.method != "POST" or not wiring().settings.reader_limit,
    )
    per_site = limiter.shared_limit(
        lambda: wiring().settings.site_limit,
        scope="reports",
        key_func=lambda: "site " + (request.headers.get("X-Site-Key") or request.args.get("site", ""))[:64],
        exempt_when=lambda: request.method != "POST" or not wiring().settings.site_limit,
    )
    return per_site(per_reader(view))


def known_site(site_key: str) -> KnownSite:
    """The site with this key. Raises UnknownSiteKey."""
    return wiring().sites.find(site_key)


def page_of(site: KnownSite, url: str) -> str:
    """The canonical URL of a page that must be the site's. Raises Problem: 422, 403."""
    try:
        page = canonical_url(url)
        page_origin = origin_of(page)
    except InvalidUrl as error:
        raise invalid("/url", str(error)) from None
    if not allows(site.origins, page_origin):
        raise Problem(
            403, f"{page_origin[:200]} does not belong to this site. Add the origin in its settings."
        )
    return page


def check_origin(site: KnownSite) -> None:
    """A browser says where it comes from: that must be the site's. Raises Problem: 403."""
    origin = request.headers.get("Origin")
    if origin is not None and not allows(site.origins, origin):
        raise Problem(
            403, f"Pages on {origin[:200]} do not belong to this site. Add the origin in its settings."
        )


def check_proof_of_work(site: KnownSite, proof: str) -> None:
    """The solved challenge, where the site asks for one. Raises Problem: 403."""
    if not site.settings.proof_of_work:
        return
    try:
        check_proof(wiring().settings.secret_key, proof, _use_once)
    except Unproven as error:
        raise Problem(
            403, f"This site asks for a proof of work, and {error}.", type="proof-of-work"
        ) from None


def accept(site: KnownSite, draft: Draft, *, key: str | None = None, body: bytes = b"") -> Accepted:
    """Store the report, and only then answer. Raises Problem: 403 and 422."""
    _refuse_unstorable(draft)
    _refuse_blocked(site, draft)
    parts = wiring()
    stored = parts.intake.add(
        Submission(
            id=uuid7(),
            site_id=site.id,
            url=page_of(site, draft.url),
            exact=draft.exact,
            prefix=draft.prefix,
            suffix=draft.suffix,
            start=draft.start,
            end=draft.end,
            correction=draft.correction,
            comment=draft.comment,
            kind=draft.kind,
            title=draft.title,
            lang=draft.lang,
            reader_hash=g.reader_hash,
            idempotency_key=key,
            body_digest=hashlib.sha256(body).digest(),
        )
    )
    if isinstance(stored, KeyReused):
        raise Problem(422, "This Idempotency-Key was used with another body. Send a new key.")
    token = receipt_token(parts.settings.secret_key, stored)
    return Accepted(stored, token, f"{parts.settings.base_url}/r/{token}")


def _refuse_unstorable(draft: Draft) -> None:
    """What JSON can say and PostgreSQL's text cannot hold; and a passage that shows nothing."""
    texts = {
        "/quote/exact": draft.exact,
        "/quote/prefix": draft.prefix,
        "/quote/suffix": draft.suffix,
        "/correction": draft.correction,
        "/comment": draft.comment,
        "/title": draft.title,
    }
    for pointer, text in texts.items():
        if text and "\x00" in text:
            raise invalid(pointer, "must not hold the character U+0000")
    if not (draft.prefix + draft.exact + draft.suffix).strip():
        raise invalid("/quote/exact", "is blank, and nothing around it says where it stands")


def _refuse_blocked(site: KnownSite, draft: Draft) -> None:
    """The site's block lists. A quote is the site's own text: only the reader's words count."""
    if g.reader_hash.hex() in site.settings.blocked_readers:
        raise Problem(403, "This site takes no more reports from you today.")
    for pointer, text in (("/correction", draft.correction), ("/comment", draft.comment)):
        lower = (text or "").casefold()
        if any(word.casefold() in lower for word in site.settings.blocked_words):
            raise invalid(pointer, "holds a word that this site does not take")


def _use_once(name: str, kept: timedelta) -> bool:
    """Whether the name is used for the first time. With Redis away nobody is refused."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    try:
        return bool(wiring().redis.set(f"corrigenda:used:{digest}", 1, nx=True, ex=kept))
    except RedisError as error:
        log.warning("proof of work not checked for reuse", error=str(error))
        return True
