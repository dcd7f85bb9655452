"""The pages of a history: what each one shows, and what readers saw there."""

from dataclasses import dataclass, field
from uuid import UUID

from moderation.domain.text.normalise import Quote
from tests.support.mistaken_article import Article, Edition
from tests.support.web import Web

_SIGN_IN = "<html><body><article>Войдите на сайт.</article></body></html>"


@dataclass(frozen=True, slots=True)
class Sent:
    """A report that was sent."""

    id: UUID
    page: int
    key: int | None
    """The mistake that it is about and nothing else; None for a wider report."""
    token: str
    """A word of its comment, which no other report has."""
    edition: int


@dataclass(frozen=True, slots=True)
class Selected:
    """What a reader of a page sends."""

    quote: Quote
    start: int
    correction: str | None
    key: int | None


@dataclass(slots=True)
class ShownPage:
    """A page with an article that changes."""

    web: Web
    path: str
    article: Article
    editions: list[Edition] = field(default_factory=list)
    doubled: set[int] = field(default_factory=set)
    """Mistakes that stood on the page twice."""

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.web.url + self.path

    @property
    def edition(self) -> Edition:
        """The article as it is now."""
        return self.editions[-1]

    def publish(self) -> None:
        """Show the article as it is now."""
        self.editions.append(self.article.edition())
        self.web.pages[self.path] = self.edition.html()
        for number in self.article.order:
            if self.article.order.count(number) > 1:
                self.doubled |= self.article.keys_of(number)

    def hide(self) -> None:
        """Answer 404 until the article is published again."""
        self.web.pages.pop(self.path, None)

    def select(
        self, at: int, kind: str, correct: str, context: tuple[int, int], edition: int
    ) -> Selected | None:
        """Select a mistake of an edition as a reader does. None if that edition has no mistakes."""
        shown = self.editions[edition]
        if not shown.mistakes:
            return None
        at %= len(shown.mistakes)
        start, end = shown.select(at, kind)
        exact = shown.text[start:end]
        correction = {
            "none": None,
            "right": shown.corrected(start, end, at),
            "all": shown.corrected(start, end, None),
            "wrong": exact.replace(shown.mistakes[at][2].wrong, "неправильно"),
        }[correct]
        quote = Quote(
            exact, shown.text[max(0, start - context[0]) : start], shown.text[end : end + context[1]]
        )
        return Selected(quote, start, correction, shown.shown_mistake(quote, start, correction))

    def edit(self, what: str, at: int) -> None:
        """Edit the article, and show it. The next reader and the next fetch see the edit."""
        article = self.article
        number = article.order[at % len(article.order)]
        if what == "mend" and self.edition.mistakes:
            article.mended.add(self.edition.mistakes[at % len(self.edition.mistakes)][2].key)
        elif what == "restore":
            article.mended.clear()
            article.order = list(range(len(article.paragraphs)))
        elif what == "change beside":
            paragraph = article.paragraphs[number]
            sentence = paragraph[at % len(paragraph)]
            plain = [index for index, word in enumerate(sentence) if isinstance(word, str)]
            sentence[plain[at % len(plain)]] = f"правка{len(self.editions)}"
        elif what == "double":
            article.order.append(number)
        elif what == "drop" and len(article.order) > 1:
            article.order.remove(number)
        elif what == "lead":
            article.paragraphs.append([[f"Дополнено{len(self.editions)}", "редакцией", "сегодня"]])
            article.order.insert(0, len(article.paragraphs) - 1)
        elif what == "swap":
            article.order.reverse()
        self.publish()
        if what == "gone":
            self.hide()
        elif what == "other page":
            self.web.pages[self.path] = _SIGN_IN
