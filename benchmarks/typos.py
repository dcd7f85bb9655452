"""Typos for the benchmarks: real ones from a folder, or our own from tests/support.

The folder is `$TYPOS` (default `../shared/data`). It holds `typofixes-LANG-dev.jsonl.gz`, one JSON object per
line: `id`, `page`, `kind`, `wrong`, `right`, `start` and `end` of `wrong` in `text_before`, `text_after`, and
if it is known, a later revision of the page: `text_later`, `later_start`, `later_end`.
"""

import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from moderation.domain.spelling.languages import LANGUAGES
from moderation.domain.text.normalise import Quote, normalise
from tests.support.typos import make_typos

_DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
CONTEXT = 64


@dataclass(frozen=True, slots=True)
class Case:
    """One mistake. Offsets count in the normalised texts."""

    id: str
    page: str
    kind: str
    wrong: str
    right: str
    text: str
    start: int
    end: int
    after: str
    later: str | None
    later_start: int
    later_end: int
    raw: str
    raw_later: str | None

    @property
    def half(self) -> str:
        """Return the half of the pages that has the mistake."""
        return "ab"[zlib.crc32(self.page.encode()) % 2]

    def turned(self) -> "Case":
        """Return the reverse case: a passage of the later page is searched on the earlier page."""
        return replace(
            self, text=self.later or "", later=self.text, raw=self.raw_later or "", raw_later=self.raw
        )

    def quote(self, start: int | None = None, end: int | None = None) -> Quote:
        """Return the quote of a reader who selects the span."""
        start, end = self.start if start is None else start, self.end if end is None else end
        return quote(self.text, start, end)


def quote(text: str, start: int, end: int, context: int = CONTEXT) -> Quote:
    """Return the quote of a span, with its context."""
    return Quote(text[start:end], text[max(0, start - context) : start], text[end : end + context])


def folder() -> Path:
    """Return the folder of real typos. It might not exist."""
    return Path(os.environ.get("TYPOS") or _DEFAULT_FOLDER)


def has_real(languages: Sequence[str] = LANGUAGES) -> bool:
    """Return whether the folder has the file of every language."""
    return all(_file(lang).exists() for lang in languages)


def require_real() -> None:
    """Exit with a message if there are no real typos."""
    if not has_real():
        sys.exit(
            f"bench-quality needs {_file('ru').name} and {_file('en').name}: they are not in {folder()}. "
            "Name their folder with TYPOS=folder; benchmarks/typos.py describes the format."
        )


def read(lang: str) -> Iterator[Case]:
    """Read the real typos of a language if there are any, else our own."""
    return read_real(lang) if has_real() else read_own(lang)


def read_own(lang: str) -> Iterator[Case]:
    """Read the typos that tests/support makes."""
    return map(_case, own_rows(lang))


def read_real(lang: str) -> Iterator[Case]:
    """Read the typos of the folder."""
    return map(_case, real_rows(lang))


def own_rows(lang: str) -> Iterator[dict[str, Any]]:
    """Make our own typos, in the format of the folder."""
    for typo in make_typos(lang):
        yield asdict(typo) | {"text_before": typo.text, "text_after": typo.mended}


def real_rows(lang: str) -> Iterator[dict[str, Any]]:
    """Read the lines of the folder's file."""
    with gzip.open(_file(lang), "rt") as lines:
        yield from map(json.loads, lines)


def _case(row: dict[str, Any]) -> Case:
    text, start, end = _normalised(row["text_before"], row["start"], row["end"])
    later, later_start, later_end = None, 0, 0
    if row.get("text_later"):
        later, later_start, later_end = _normalised(row["text_later"], row["later_start"], row["later_end"])
    return Case(
        id=row["id"], page=row["page"], kind=row["kind"], wrong=row["wrong"], right=row["right"],
        text=text, start=start, end=end, after=normalise(row["text_after"]).strip(),
        later=later, later_start=later_start, later_end=later_end,
        raw=row["text_before"], raw_later=row.get("text_later"),
    )  # fmt: skip


def _file(lang: str) -> Path:
    return folder() / f"typofixes-{lang}-dev.jsonl.gz"


def _normalised(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the page text in the service's normal form, and the span in it."""
    before, inside = normalise(text[:start]).lstrip(), normalise(text[start:end])
    if before.endswith(" ") and inside.startswith(" "):
        inside = inside[1:]
    return normalise(text).strip(), len(before), len(before) + len(inside)
