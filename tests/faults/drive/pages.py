"""The pages of the sites: articles in three languages, teasers, copies, redirects, unreadable ones."""

import html
import random
from dataclasses import dataclass, field

from tests.support.mistaken_article import LANGUAGES, Article, Edition, make_article
from tests.support.serving import Answer
from tests.support.web import Web

_BLOCKS = ("<p>{}</p>", "<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>")
_UNREADABLE: tuple[Answer, ...] = (
    (404, {}, b"nothing here"),
    (500, {}, b"broken"),
    (403, {}, b"no robots"),
    (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
    (200, {"Content-Type": "text/html"}, b"<html><body><form><input type=password></form></body></html>"),
)


@dataclass(slots=True)
class DrivenPage:
    """An article at its address. Some are never readable."""

    web: Web
    number: int
    article: Article
    unreadable: Answer | None = None
    doubled: set[int] = field(default_factory=set)
    """Mistakes that stood twice on the page."""
    edition: Edition = field(default_factory=Edition)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"{self.web.url}/news/{self.number}"

    def publish(self) -> None:
        """Serve the article as it is now, and copies of it at other addresses."""
        self.edition = self.article.edition()
        for number in set(self.article.order):
            if self.article.order.count(number) > 1:
                self.doubled |= self.article.keys_of(number)
        body = f'<link rel="canonical" href="{self.url}"><article>{self._blocks()}</article>'
        page = self.unreadable or f"<html><body><nav>Menu</nav>{body}</body></html>"
        self.web.pages[f"/news/{self.number}"] = self.web.pages[f"/m/{self.number}"] = page
        self.web.pages[f"/go/{self.number}"] = (302, {"Location": self.url}, b"")

    def hide(self) -> None:
        """Answer 404 until the article is published again."""
        self.web.pages.pop(f"/news/{self.number}", None)

    def edit(self, what: str, picked: random.Random) -> None:
        """Edit the article, and publish it."""
        article = self.article
        if what == "mend" and self.edition.mistakes:
            article.mended.add(picked.choice(self.edition.mistakes)[2].key)
        elif what == "double":
            article.order.append(picked.choice(article.order))
        elif what == "drop" and len(article.order) > 1:
            article.order.remove(picked.choice(article.order))
        elif what == "swap":
            article.order.reverse()
        elif what == "restore":
            article.mended.clear()
            article.order = list(range(len(article.paragraphs)))
        elif what == "change beside":
            sentence = picked.choice(picked.choice(article.paragraphs))
            plain = [at for at, word in enumerate(sentence) if isinstance(word, str)]
            sentence[picked.choice(plain)] = f"edit{picked.randrange(1000)}"
        self.publish()
        if what == "gone":
            self.hide()

    def _blocks(self) -> str:
        """The paragraphs in elements of many kinds. Long words have soft hyphens, some are bold."""
        made = []
        for number, (start, end) in enumerate(self.edition.paragraphs):
            words = []
            for at, word in enumerate(self.edition.text[start:end].split(" ")):
                shown = html.escape(word)
                if len(word) > 12 and "&" not in shown:
                    shown = f"{shown[:5]}&shy;{shown[5:]}"
                words.append(f"<b>{shown}</b>" if at % 7 == 3 else shown)
            made.append(_BLOCKS[number % len(_BLOCKS)].format(" ".join(words)))
        return "\n".join(made)


def make_pages(webs: list[Web], picked: random.Random, count: int) -> list[DrivenPage]:
    """Make the articles of all sites. Every fifth shows a paragraph of the one before as a teaser."""
    pages: list[DrivenPage] = []
    for number in range(count):
        language = picked.choice(list(LANGUAGES))
        article = make_article(
            picked.randrange(10**6), paragraphs=3, sentences=3, language=language, first_key=number * 1000
        )
        if number % 5 == 4:
            article.paragraphs.append(pages[-1].article.paragraphs[0])
            article.order.append(3)
        unreadable = picked.choice(_UNREADABLE) if number % 8 == 7 else None
        page = DrivenPage(webs[number % len(webs)], number, article, unreadable)
        page.publish()
        pages.append(page)
    return pages
