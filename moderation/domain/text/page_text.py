"""Convert HTML to the page text: the visible text, by the rule in docs/page-text.md.

The widget applies the same rule to the DOM; tests/browser/reader/test_gallery.py compares the two.
"""

from dataclasses import dataclass, field

from moderation.domain.text.article_root import article_root
from moderation.domain.text.blocks import Block
from moderation.domain.text.markup import Markup, parse
from moderation.domain.text.normalise import normalise
from moderation.domain.text.walk import Run, runs

_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's text with its blocks.

    The text of the article comes first and ends at `article_end`. What the page shows outside of it (menus,
    teasers, comments) follows, so that a passage is found wherever it stands on the page.
    """

    text: str
    blocks: tuple[Block, ...]
    article_end: int

    @property
    def article(self) -> str:
        """The text of the article alone."""
        return self.text[: self.article_end]


def read_content(markup: Markup, *, charset: str | None = None, root: str | None = None) -> PageContent:
    """The page's text, normalised, with its blocks; empty when there is none.

    `charset` is what HTTP says of bytes; without one the document's own meta counts. `root` names the
    article, as in `.story`, `#text` or `article`.
    """
    document = parse(markup, charset)
    if document is None:
        return PageContent("", (), 0)
    article = article_root(document, root)
    body = document.find("body")
    text = _Text()
    for run in runs(article):
        text.add(run)
    article_end = text.length
    if body is not None and body is not article:
        for run in runs(body, without=article):
            text.add(run)
    return PageContent(" ".join(text.parts), tuple(text.blocks), article_end)


def read_page(markup: Markup, *, charset: str | None = None, root: str | None = None) -> str:
    """The text of the page's article, normalised; empty when there is none."""
    return read_content(markup, charset=charset, root=root).article


def canonical_link(markup: Markup, *, charset: str | None = None) -> str | None:
    """The href of the page's rel=canonical, or None."""
    document = parse(markup, charset)
    if document is None:
        return None
    for link in document.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href")).strip()
    return None


def own_title(markup: Markup) -> str | None:
    """The title that a page gives itself: of its preview (og:title), else of its window. None without one."""
    document = parse(markup)
    if document is None:
        return None
    named = (meta.get("content") for meta in document.iter("meta") if meta.get("property") == "og:title")
    titles = [*named, document.findtext(".//title")]
    return next(
        (short for title in titles if (short := normalise(title or "").strip()[:_LONGEST_TITLE])), None
    )


@dataclass(slots=True)
class _Text:
    """The page text so far. Blocks are apart by one space, which belongs to none."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def add(self, run: Run) -> None:
        """Add a block, unless nothing of it is seen."""
        part = normalise(run.text).strip(" ")
        if not part:
            return
        start = self.length + 1 if self.parts else 0
        self.length = start + len(part)
        self.parts.append(part)
        self.blocks.append(Block(run.kind, start, self.length))
