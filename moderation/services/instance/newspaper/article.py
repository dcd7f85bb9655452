"""An article as marked text: `{wrong|right}` is a typo, `{wrong|right|options}` one with a story.

Options, with commas between them: `fixed` (the page shows it right), `grammar` (the kind that readers
choose), `or:other` (a reader proposes another correction), and `new`, `disputed` or `returned` (its story).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from moderation.domain.sites.languages import Language
from moderation.models.report import Kind

_MARK = re.compile(r"\{([^|}]*)\|([^|}]*)(?:\|([^|}]*))?\}")
_CONTEXT = 90

BlockKind = Literal["lead", "paragraph", "heading"]
Reaction = Literal["not a mistake", "quotation", "name", "spam", "merge"]
"""What the editors do: three reasons for rejecting, spam, or merging with the case of a mistake."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A typo of an article, with the text around it as readers saw it."""

    wrong: str
    right: str
    prefix: str
    suffix: str
    options: frozenset[str] = frozenset()

    @property
    def rival(self) -> str | None:
        """The correction that one reader proposes against the others."""
        return next((text.removeprefix("or:") for text in self.options if text.startswith("or:")), None)

    @property
    def kind(self) -> Kind:
        """The kind of mistake that readers choose."""
        return "grammar" if "grammar" in self.options else "spelling"


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A report of a passage that is right, or spam, with the reaction of the editors."""

    passage: str
    reaction: Reaction
    correction: str | None = None
    comment: str | None = None
    same_as: str | None = None
    """The mistake whose case it is merged into."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the newspaper. Each block is its kind and its marked text."""

    slug: str
    lang: Language
    title: str
    byline: str
    blocks: tuple[tuple[BlockKind, str], ...]
    false_alarms: tuple[FalseAlarm, ...] = ()

    @property
    def author(self) -> str:
        """The author, as the byline says."""
        return self.byline.split(" · ")[0]

    @property
    def section(self) -> str:
        """The section, as the byline says."""
        return self.byline.split(" · ")[-1]

    @property
    def path(self) -> str:
        """The article's path on this instance."""
        return f"/demo/{self.lang}/{self.slug}"

    def shown(self) -> list[tuple[BlockKind, str]]:
        """Return the blocks as the page shows them now: fixed typos read right."""
        return [
            (kind, _MARK.sub(lambda mark: mark[2] if "fixed" in _options(mark) else mark[1], text))
            for kind, text in self.blocks
        ]

    def mistakes(self) -> Iterator[Mistake]:
        """Yield the typos in reading order."""
        for _kind, text in self.blocks:
            for mark in _MARK.finditer(text):
                before, after = (_as_published(part) for part in (text[: mark.start()], text[mark.end() :]))
                yield Mistake(mark[1], mark[2], before[-_CONTEXT:], after[:_CONTEXT], _options(mark))

    def around(self, passage: str) -> tuple[str, str]:
        """Return the text before and after a passage, as readers saw it."""
        texts = (_as_published(text) for _kind, text in self.blocks)
        before, _, after = next(text for text in texts if passage in text).partition(passage)
        return before[-_CONTEXT:], after[:_CONTEXT]


def _options(mark: re.Match[str]) -> frozenset[str]:
    return frozenset((mark[3] or "").split(","))


def _as_published(text: str) -> str:
    return _MARK.sub(lambda mark: mark[1], text)
