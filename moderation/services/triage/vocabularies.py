"""The words of page texts. They stay in memory for the next report of the page."""

import hashlib

from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.services.pages.cache import BoundedCache

# By the digest of the text: as keys, the texts would take more memory than the words.
_KEPT: BoundedCache[bytes, Vocabulary] = BoundedCache(
    64 * 1024 * 1024, lambda vocabulary: 1000 + 250 * len(vocabulary.counts)
)


def vocabulary_of(text: str) -> Vocabulary:
    """The words of a page text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    ready = _KEPT.get(digest)
    if ready is None:
        ready = Vocabulary(text)
        _KEPT.put(digest, ready)
    return ready
