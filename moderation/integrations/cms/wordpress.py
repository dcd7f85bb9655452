"""WordPress over its REST API, with an application password: posts, pages and other types."""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import msgspec

from moderation.domain.sites.urls import LONGEST
from moderation.domain.source.correct import Field, SourceKind
from moderation.integrations.cms.base import ChangedSinceRead, Document, Refused, SourceCms, Written
from moderation.integrations.cms.requests import Answer, Send

_FIELDS: tuple[tuple[str, SourceKind], ...] = (
    ("title", "html"),
    ("content", "wordpress"),
    ("excerpt", "html"),
)
_MOST_TYPES = 20
"""Types of posts that are asked for, beside posts and pages. Each costs a request."""
_OWN_TYPES = re.compile(r"wp_|attachment\Z|nav_menu_item\Z|posts\Z|pages\Z")
# WordPress removes such markup when it is saved by somebody who may not write it.
_MAY_BE_REMOVED = re.compile(
    r"<(?:script|iframe|style|form|input|svg|object|embed|noscript|link|meta)\b|\son\w+\s*=|\sstyle\s*=", re.I
)


@dataclass(slots=True)
class WordPress(SourceCms):
    """One WordPress site. `address` is its home page; the password is an application password."""

    address: str
    user: str
    password: str
    send: Send

    def test(self) -> str:
        """Sign in, and check that the account may change others' posts."""
        able = self._capabilities()
        if not able.get("edit_others_posts"):
            raise Refused("unauthorized", f"the account {self.user} may not edit posts: make it an Editor")
        name = self._call("GET", "/", _fields="name").json().get("name", "")
        return f"WordPress: {name}"

    def read(self, url: str) -> Document:
        """Find the post of a page by its id or its last path segment, in any status."""
        found = self._find(url)
        name = f"/wp/v2/{found['_base']}/{found['id']}"
        revisions = self._revisions(name)
        post = _alive(self._call("GET", name, context="edit").json())
        return Document(
            id=name,
            fields=[Field(*field, _raw(post, field[0])) for field in _FIELDS if field[0] in post],
            version=_version_of(post["modified_gmt"], revisions),
            link=f"{self.address.rstrip('/')}/wp-admin/post.php?post={post['id']}&action=edit",
        )

    def write(self, document: Document, fields: Sequence[Field], note: str) -> Written:  # noqa: ARG002
        """Save the changed fields, and look whether somebody saved at the same moment."""
        content = "".join(field.text for field in fields)
        if _MAY_BE_REMOVED.search(content) and not self._capabilities().get("unfiltered_html"):
            why = f"the account {self.user} may not save this post's markup unchanged: make it an Editor"
            raise Refused("would_alter_markup", why)
        if self._version(document.id) != document.version:
            raise ChangedSinceRead
        self._save(document.id, fields)
        revisions = self._revisions(document.id)
        theirs = _saved_between(revisions, document)
        if theirs:
            self._save(document.id, theirs)
            raise ChangedSinceRead  # the corrections are planned anew on the text that they saved
        return Written(str(revisions[0]["id"]) if revisions else None)

    def _version(self, name: str) -> str:
        """The post's last change, to the second, and its last revision."""
        revisions = self._revisions(name)
        modified = self._call("GET", name, context="edit", _fields="modified_gmt").json()["modified_gmt"]
        return _version_of(modified, revisions)

    def _save(self, name: str, fields: Sequence[Field]) -> None:
        body = {field.name: field.text for field in fields}
        saved = self._call("POST", name, body=body, context="edit").json()
        if any(_raw(saved, field.name) != field.text for field in fields):
            why = "WordPress changed more than the text when it saved: compare its revisions"
            raise Refused("would_alter_markup", why)

    def _revisions(self, name: str) -> list[dict[str, Any]]:
        answer = self._call("GET", f"{name}/revisions", refuse=False, context="edit", per_page="5")
        if answer.status != 200:  # revisions can be switched off
            return []
        return [one for one in answer.json() if "autosave" not in str(one.get("slug"))]

    def _find(self, url: str) -> dict[str, Any]:
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        for parameter, base in (("p", "posts"), ("page_id", "pages"), ("p", "pages")):
            if query.get(parameter, [""])[0].isdecimal():
                answer = self._call(
                    "GET", f"/wp/v2/{base}/{query[parameter][0]}", refuse=False, context="edit"
                )
                if answer.status == 200:
                    return _alive(answer.json() | {"_base": base})
                if answer.status not in (400, 404):
                    _refuse(answer, self.user)
        slug = unquote(parts.path.rstrip("/").rpartition("/")[2]).removesuffix(".html")
        posts = list(self._with_slug(slug)) if slug else []
        same = [post for post in posts if _same_path(post.get("link", ""), url)]
        if len(same or posts) == 1:
            return _alive((same or posts)[0])
        if posts:
            raise Refused("not_found", f"{len(posts)} posts are called {slug}, and none is at this address")
        raise Refused("not_found", f"no post or page is at {url}")

    def _with_slug(self, slug: str) -> Iterator[dict[str, Any]]:
        """Return posts of all types by slug; in the trash they have another slug."""
        for base in ("posts", "pages", *islice(self._other_types(), _MOST_TYPES)):
            wanted = {"slug": f"{slug},{slug}__trashed", "status": "any,trash", "context": "edit"}
            answer = self._call("GET", f"/wp/v2/{base}", refuse=base in ("posts", "pages"), **wanted)
            found = answer.json() if answer.status == 200 else []
            yield from (post | {"_base": base} for post in found)
            if found:
                return

    def _other_types(self) -> Iterator[str]:
        types = self._call("GET", "/wp/v2/types", context="edit").json()
        for name, about in types.items() if isinstance(types, dict) else ():
            base = about.get("rest_base", "")
            if about.get("viewable") and not _OWN_TYPES.match(name) and not _OWN_TYPES.match(base):
                yield base

    def _capabilities(self) -> dict[str, bool]:
        me = self._call("GET", "/wp/v2/users/me", context="edit", _fields="capabilities").json()
        able = me.get("capabilities", {})
        return able if isinstance(able, dict) else {}

    def _call(
        self, method: str, route: str, *, body: Any = None, refuse: bool = True, **query: str
    ) -> Answer:
        """Call a route. Raises Refused for an answer that is not 200, unless `refuse` is false."""
        credentials = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"}
        address = f"{self.address.rstrip('/')}/?{urlencode({'rest_route': route} | query, quote_via=quote)}"
        data = None if body is None else msgspec.json.encode(body)
        answer = self.send(method, address, headers=headers, body=data)
        if refuse and answer.status != 200:
            _refuse(answer, self.user)
        return answer


def _refuse(answer: Answer, user: str) -> None:
    status = answer.status
    if status in (401, 403):
        raise Refused("unauthorized", f"WordPress refuses the account {user}: check the application password")
    if status in (404, 410):
        raise Refused("not_found", "WordPress does not have this post")
    if status in (301, 302, 307, 308):
        raise Refused("misconfigured", f"the address redirects to {answer.headers.get('location', '')[:200]}")
    if status == 429 or status >= 500:
        raise Refused("unreachable", f"WordPress answers {status}", answer.retry_after)
    raise Refused("misconfigured", f"WordPress answers {status}: check the address")


def _alive(post: dict[str, Any]) -> dict[str, Any]:
    if post.get("status") == "trash":
        raise Refused("in_trash", f"the post {post['id']} is in the trash")
    return post


def _version_of(modified: str, revisions: Sequence[dict[str, Any]]) -> str:
    return f"{modified} {revisions[0]['id'] if revisions else 0}"


def _raw(post: dict[str, Any], name: str) -> str:
    value = post.get(name) or {}
    return value.get("raw", "") if isinstance(value, dict) else ""


def _saved_between(revisions: Sequence[dict[str, Any]], document: Document) -> Sequence[Field]:
    """Return the text saved between our read and our write: the revision before ours is a new one."""
    known = int(document.version.rpartition(" ")[2])
    if len(revisions) < 2 or int(revisions[1]["id"]) <= known:
        return []
    before = {field.name: field.text for field in document.fields}
    theirs = [Field(field.name, field.kind, _raw(revisions[1], field.name)) for field in document.fields]
    return [field for field in theirs if field.text != before[field.name]]


def _same_path(link: str, url: str) -> bool:
    if len(link) > LONGEST:
        return False
    return unquote(urlsplit(link).path).rstrip("/") == unquote(urlsplit(url).path).rstrip("/")
