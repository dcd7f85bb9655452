"""Links to a passage of a page, as text fragments: https://wicg.github.io/scroll-to-text-fragment/."""

from urllib.parse import quote as percent_encoded

from moderation.domain.text.normalise import Quote

_WORDS_AROUND = 2
_LONGEST = 120
"""Characters of a passage that is named whole. A longer one is named by its first and last words."""
_EDGE_WORDS = 4


def link_to_passage(url: str, quote: Quote) -> str:
    """Return the page's address with a fragment that browsers scroll to. Others ignore it."""
    words = quote.exact.split()
    if not words:
        return url
    if len(quote.exact) > _LONGEST and len(words) > 2 * _EDGE_WORDS:
        text = f"{_part(words[:_EDGE_WORDS])},{_part(words[-_EDGE_WORDS:])}"
    else:
        text = _part(words)
    before, after = _whole_words(quote)
    prefix = f"{_part(before)}-," if before else ""
    suffix = f",-{_part(after)}" if after else ""
    return f"{url.partition('#')[0]}#:~:text={prefix}{text}{suffix}"


def _whole_words(quote: Quote) -> tuple[list[str], list[str]]:
    """Return the words next to the passage. A browser finds whole words only."""
    before, after = quote.prefix.split(), quote.suffix.split()
    if quote.prefix and not quote.prefix[-1].isspace():
        before = []
    if quote.suffix and not quote.suffix[0].isspace():
        after = []
    # The first and the last word of a context may be cut.
    return before[1:][-_WORDS_AROUND:], after[:-1][:_WORDS_AROUND]


def _part(words: list[str]) -> str:
    """Encode words: the dash, the comma and the ampersand separate the parts of the fragment."""
    return percent_encoded(" ".join(words), safe="").replace("-", "%2D")
