"""Generated pages with the markup of real news sites: content management systems, menus, teasers, comments.

A page depends on its seed only. Its sentences are those of our own articles, so that teasers, comments and
quotes repeat sentences of the article, as they do on real pages.
"""

from random import Random

from tests.support.news_pages.skins import SKINS
from tests.support.news_pages.story import tell


def news_page(seed: int) -> str:
    """Return the markup of a page."""
    random = Random(seed)
    skin = SKINS[seed % len(SKINS)]
    return skin(tell(random))
