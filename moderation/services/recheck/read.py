"""Convert a fetched answer into a page text, or into the reason why it has none."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from moderation.domain.pages.credits import Credits, read_credits
from moderation.domain.pages.decoding import decode
from moderation.domain.pages.reading import UnreadReason
from moderation.domain.sites.urls import InvalidUrl, canonical_url, follow
from moderation.domain.text.markup import parse
from moderation.domain.text.normalise import fold
from moderation.domain.text.page_text import PageContent, canonical_link, own_title, read_content
from moderation.models import Revision
from moderation.services.pages.fetch import Fetched, NotFetched
from moderation.services.recheck.claim import Errand

# A page that lost more of its text than this is an error page in disguise, a sign-in page or a paywall.
_KEPT_OF_LENGTH = 0.5
_KEPT_OF_PHRASES = 0.1
_PHRASE = 3
"""Words in a phrase."""
# Length of the pieces of quotes that a first reading is searched for, and how many there must be at least.
_PIECE = 10
_FEWEST_PIECES = 2


class Unread(Exception):
    """The answer does not have the text of the page."""

    def __init__(self, reason: UnreadReason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as it was read."""

    content: PageContent
    credits: Credits | None
    """What the page states; None if it did not change since the last reading."""
    etag: str | None
    last_modified: str | None
    title: str | None
    """What the page calls itself."""
    is_unchanged: bool = False
    """The server says that nothing has changed (304)."""


def read_fetched(
    fetched: Fetched | NotFetched, errand: Errand, before: Revision | None, reported: Collection[str] = ()
) -> Reading:
    """Read a fetched answer. Raises Unread.

    `before` is the previous revision. For a first reading, `reported` are texts that readers saw.
    """
    if isinstance(fetched, NotFetched):
        raise Unread(fetched.reason) from fetched
    document = None if fetched.body is None else parse(decode(fetched.body, fetched.charset))
    content = _content(fetched, document, errand, before)
    if before is None and _lacks(content.text, reported):
        raise Unread("text_missing")
    if document is None:
        return Reading(content, None, fetched.etag, fetched.last_modified, None, is_unchanged=True)
    stated, title = read_credits(document), own_title(document)
    return Reading(content, stated, fetched.etag, fetched.last_modified, title)


def _content(
    fetched: Fetched, document: HtmlElement | None, errand: Errand, before: Revision | None
) -> PageContent:
    if fetched.body is None:
        if before is None:
            raise Unread("no_text")
        return _known(before)
    if document is None:
        raise Unread("no_text")
    if not _is_page(fetched.url, canonical_link(document), errand.url):
        raise Unread("another_page")
    content = read_content(document, root=errand.root or None)
    if not content.text:
        raise Unread("no_text")
    if before is not None and _lost(_known(before), content):
        raise Unread("text_missing")
    return content


def _known(revision: Revision) -> PageContent:
    """The content of a page that has not changed since."""
    text, article_end = revision.text, revision.article_end
    return PageContent(text, revision.blocks, len(text) if article_end is None else article_end)


def _is_page(fetched_url: str, link: str | None, url: str) -> bool:
    """Return whether this is the requested page: by its canonical link, else by its URL after redirects."""
    try:
        named = canonical_url(follow(fetched_url, link) if link else fetched_url)
    except InvalidUrl:
        return False
    return named.partition("://")[2] == url.partition("://")[2]


def _lost(before: PageContent, now: PageContent) -> bool:
    """Return whether most of the previous text is missing, as on a sign-in page.

    The previous article is compared with the whole page: menus and footers stay when an article is removed.
    """
    if now.text == before.text:
        return False
    if len(now.text) < _KEPT_OF_LENGTH * len(before.text):
        return True
    phrases = _phrases(before.article)
    return len(phrases & _phrases(now.text)) < _KEPT_OF_PHRASES * len(phrases)


def _lacks(text: str, reported: Collection[str]) -> bool:
    """Return whether a page has no piece of the quotes of readers.

    Pieces are counted without spaces: only some languages have them between words.
    """
    solid = fold(text).replace(" ", "")
    pieces = {piece for quote in reported for piece in _pieces(fold(quote).replace(" ", ""))}
    return len(pieces) >= _FEWEST_PIECES and not any(piece in solid for piece in pieces)


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE] for at in range(0, len(text) - _PIECE + 1, _PIECE))


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + _PHRASE]) for at in range(max(1, len(words) - _PHRASE + 1))}
