"""The demo's newspaper: four invented articles with typos, and what readers and editors did about them."""

from moderation.services.instance.newspaper import english, russian
from moderation.services.instance.newspaper.article import Article

ARTICLES: tuple[Article, ...] = (*russian.ARTICLES, *english.ARTICLES)


def find_article(lang: str, slug: str) -> Article | None:
    """Return an article by its language and the last part of its address."""
    return next((article for article in ARTICLES if (article.lang, article.slug) == (lang, slug)), None)
