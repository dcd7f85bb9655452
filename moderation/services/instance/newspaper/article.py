"""An article as marked text: `{wrong|right}` is a typo. With `|fixed` the page shows it right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_MARK = re.compile(r"\{([^|}]*)\|([^|}]*)(\|fixed)?\}")
_CONTEXT = 90

BlockKind = Literal["lead", "paragraph", "heading"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A typo of an article, with the text around it as readers saw it."""

    wrong: str
    right: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the newspaper. Each block is its kind and its marked text."""

    slug: str
    lang: Literal["ru", "en"]
    title: str
    byline: str
    blocks: tuple[tuple[BlockKind, str], ...]

    @property
    def path(self) -> str:
        """The article's path on this instance."""
        return f"/demo/{self.lang}/{self.slug}"

    def shown(self) -> list[tuple[BlockKind, str]]:
        """Return the blocks as the page shows them now: fixed typos read right."""
        return [
            (kind, _MARK.sub(lambda mark: mark[2] if mark[3] else mark[1], text))
            for kind, text in self.blocks
        ]

    def mistakes(self) -> Iterator[Mistake]:
        """Yield the typos in reading order."""
        for _kind, text in self.blocks:
            for mark in _MARK.finditer(text):
                before, after = (_as_published(part) for part in (text[: mark.start()], text[mark.end() :]))
                yield Mistake(mark[1], mark[2], before[-_CONTEXT:], after[:_CONTEXT])


def _as_published(text: str) -> str:
    return _MARK.sub(lambda mark: mark[1], text)
