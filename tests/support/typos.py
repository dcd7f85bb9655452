"""The real typos of ../shared/data. Read from there, never copied."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared"


@dataclass(frozen=True, slots=True)
class Typo:
    """One mistake that a person mended: `wrong` stands at start:end of `text`."""

    id: str
    wrong: str
    right: str
    start: int
    end: int
    text: str
    paragraph: str
    within: int
    """Where `wrong` stands in `paragraph`."""


def read_typos(lang: str) -> list[Typo]:
    """All cases of a language."""
    with gzip.open(SHARED / "data" / f"typofixes-{lang}-dev.jsonl.gz", "rt") as lines:
        return [
            Typo(
                id=row["id"],
                wrong=row["wrong"],
                right=row["right"],
                start=row["start"],
                end=row["end"],
                text=row["text_before"],
                paragraph=row["paragraph_wrong"],
                within=_within(row),
            )
            for row in map(json.loads, lines)
        ]


def _within(row: dict[str, Any]) -> int:
    """The occurrence whose surroundings agree best: a paragraph may hold the same word twice."""
    paragraph: str = row["paragraph_wrong"]
    wrong, right = row["wrong"], row["right"]
    at = paragraph.find(wrong)
    while at >= 0:
        if paragraph[:at] + right + paragraph[at + len(wrong) :] == row["paragraph_right"]:
            return at
        at = paragraph.find(wrong, at + 1)
    return paragraph.index(wrong)


def seed_article() -> str:
    """The kind of article we serve."""
    return (SHARED / "seed-article.txt").read_text("utf-8")
