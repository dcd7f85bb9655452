"""What readers send: selections of any width, in any spelling that a browser or another program sends."""

import random
import unicodedata
from dataclasses import dataclass
from typing import Any

from moderation.domain.text.normalise import Quote
from tests.faults.drive.pages import DrivenPage
from tests.support.mistaken_article import KINDS, Edition

LONGEST = 1000
CORRECTIONS = ("none", "none", "right", "all", "wrong")
CONTEXTS = ((32, 32), (64, 64), (200, 200), (64, 0), (0, 64), (5, 5), (0, 0))
SPELLINGS = ("plain", "plain", "plain", "nfd", "soft hyphens", "lines", "no-break")
ADDRESSES = ("{}", "{}", "{}", "{}?utm_source=mail&gclid=1", "{}#comments", "{}?utm_campaign=x#top")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A report to send. `key` is the mistake that it is about and nothing else."""

    body: dict[str, Any]
    page: str
    """The address that the service keeps."""
    key: int | None


def draft(page: DrivenPage, picked: random.Random) -> Drafted | None:
    """Make what one reader of a page sends. None if the page has no mistakes."""
    edition = page.edition
    if not edition.mistakes:
        return None
    at = picked.randrange(len(edition.mistakes))
    start, end = _span(edition, at, picked)
    before, after = picked.choice(CONTEXTS)
    quote = Quote(
        edition.text[start:end], edition.text[max(0, start - before) : start], edition.text[end : end + after]
    )
    correction = _correction(edition, at, start, end, picked.choice(CORRECTIONS))
    spell = picked.choice(SPELLINGS)
    address, kept = _address(page, picked)
    sent = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    sent = {name: _cut(name, _spell(text, spell)) for name, text in sent.items()}
    spelled = None if correction is None else _spell(correction, spell)
    if (before, after) == (0, 0):
        sent = {"exact": sent["exact"]}
    body: dict[str, Any] = {"url": address, "quote": sent, "comment": f"note {picked.randrange(10**6)} 🙂"}
    if spelled is not None and correction != quote.exact:
        body["correction"] = spelled[:LONGEST]
    if picked.random() < 0.7:
        body["position"] = _position(start, end, picked)
    # Where the quote or its correction is cut, their ends differ too: it is about no single mistake.
    whole = len(sent["exact"]) < LONGEST and len(spelled or "") < LONGEST
    key = edition.shown_mistake(quote, start, correction) if whole else None
    return Drafted(body, kept, key)


def _cut(name: str, text: str) -> str:
    """Cut a part of a quote to what the API takes. A context keeps the end that touches the passage."""
    return text[-200:] if name == "prefix" else text[: LONGEST if name == "exact" else 200]


def _span(edition: Edition, at: int, picked: random.Random) -> tuple[int, int]:
    kind = picked.choice((*KINDS, "whole page", "over a border"))
    if kind == "whole page":
        return 0, min(len(edition.text), LONGEST)
    if kind == "over a border" and len(edition.paragraphs) > 1:
        border = picked.choice(edition.paragraphs[1:])[0]
        return max(0, border - 30), min(len(edition.text), border + 20)
    return edition.select(at, kind if kind in KINDS else "word")


def _correction(edition: Edition, at: int, start: int, end: int, kind: str) -> str | None:
    if kind == "wrong":
        return edition.text[start:end].replace(edition.mistakes[at][2].wrong, "иначе 👍")
    return None if kind == "none" else edition.corrected(start, end, at if kind == "right" else None)


def _spell(text: str, how: str) -> str:
    if how == "nfd":
        return unicodedata.normalize("NFD", text)
    if how == "soft hyphens":
        return " ".join(f"{word[:3]}\u00ad{word[3:]}" if len(word) > 6 else word for word in text.split(" "))
    if how == "lines":
        return text.replace(". ", ".\r\n\n   ")
    return text.replace(" ", "\u00a0") if how == "no-break" else text


def _position(start: int, end: int, picked: random.Random) -> dict[str, int]:
    off = picked.choice((0, 0, 0, 7, -150, 100_000))
    at = max(0, start + off)
    return {"start": at, "end": at + max(1, end - start)}


def _address(page: DrivenPage, picked: random.Random) -> tuple[str, str]:
    """The address that the reader's browser shows, and the one that the service keeps."""
    url = page.url
    if page.number % 6 == 1 and picked.random() < 0.5:
        url = url.replace("/news/", picked.choice(("/m/", "/go/")))
    return picked.choice(ADDRESSES).format(url), url
