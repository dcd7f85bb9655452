"""Settings of a site. Admins change them, the site's row stores them. Every setting has a default."""

from typing import Annotated

import msgspec
from msgspec import Meta

from moderation.domain.sites.limits import REASON_LENGTH

Word = Annotated[str, Meta(min_length=1, max_length=100)]
Reason = Annotated[str, Meta(min_length=1, max_length=REASON_LENGTH)]
Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]


class SiteSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=False, omit_defaults=True):
    """The settings of one site. Unknown names come from other versions and are ignored."""

    ground_rules: Annotated[str, Meta(max_length=500)] = ""
    """What readers should know before they report, such as "we write in British spelling"."""
    known_passages: bool = False
    """Whether the widget tells a reader that the editors know a mistake already."""
    proof_of_work: bool = False
    """Whether a report must bring a solved challenge."""
    blocked_words: list[Word] = []
    """A report whose correction or comment holds one of these is refused; letter case does not count."""
    blocked_readers: list[Hex] = []
    """Reader hashes, in hex. A hash is another one every day."""
    suggestion_threshold: Annotated[float, Meta(ge=0, le=1)] = 0.9
    """A speller's suggestion with less confidence is not shown."""
    spam_threshold: Annotated[float, Meta(ge=0, le=1)] = 0.8
    """A case whose spam score reaches it opens in the spam list."""
    insisting_readers: Annotated[int, Meta(ge=1, le=1000)] = 3
    """How many new readers reopen a case that was rejected or taken for spam."""
    word_list: list[Word] = []
    """Names and house style: the speller never flags them."""
    reject_reasons: list[Reason] = []
    """What editors often tell readers of a rejected report. Readers see it."""
    cms_link: Annotated[str, Meta(max_length=500, pattern=r"^(https?://\S+)?$")] = ""
    """Where a page is edited: `{url}` (percent-encoded), `{path}` and `{last}` (its last part) stand in."""
    keep_days: Annotated[int, Meta(ge=0, le=3650)] = 0
    """Closed cases and their reports are deleted this many days after; 0: never."""
    fetch_pause: Annotated[float, Meta(ge=0.1, le=60)] = 1.0
    """Seconds from one request to a host of the site to the next, when pages are read again."""
    article_root: Annotated[str, Meta(max_length=200)] = ""
    """Where a page's article is: a tag, `.class` or `#id`, as `data-root` tells the widget; empty: the first
    article or main."""
