"""Pages with mistakes for the benchmark: their HTML, and where each mistake stands in the page text."""

import html
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.typos import has_real, own_rows, real_rows
from moderation.domain.text.markup import parse
from moderation.domain.text.normalise import normalise
from moderation.domain.text.page_text import read_content


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake at start:end of the page text. The fix replaces at:to of the HTML with `new`."""

    kind: str
    right: str
    start: int
    end: int
    at: int
    to: int
    new: str


@dataclass(frozen=True, slots=True)
class MistakenPage:
    """A page with its mistakes, in the order of their places."""

    path: str
    lang: str
    html: str
    text: str
    mistakes: tuple[Mistake, ...]

    def published(self, *, mended: bool) -> str:
        """Return the document. If `mended`, every second mistake is fixed."""
        body = self.html
        for mistake in reversed(self.mistakes[::2] if mended else ()):
            body = body[: mistake.at] + mistake.new + body[mistake.to :]
        return document(body, self.lang)


def document(body: str, lang: str) -> str:
    """Return a whole HTML document."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Article</title></head>'
        f"<body><article>{body}</article></body></html>"
    )


def pages_of(lang: str) -> Iterator[MistakenPage]:
    """Read the pages of a language. Mistakes of one edition of a page stand on it together."""
    rows = real_rows(lang) if has_real() else (_with_html(row) for row in own_rows(lang))
    editions: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        editions[row["page"], row["html_before"]].append(row)
    for number, ((_, before), of_page) in enumerate(editions.items()):
        text = page_text(before, lang)
        found = [_mistake(row, text, lang) for row in of_page]
        ordered = sorted((one for one in found if one), key=lambda one: (one.at, one.to))
        apart: list[Mistake] = []
        for mistake in ordered:
            if not apart or (mistake.start > apart[-1].end and mistake.at > apart[-1].to):
                apart.append(mistake)
        yield MistakenPage(f"/{lang}/{number}", lang, before, text, tuple(apart))


def page_text(body: str, lang: str) -> str:
    """Return the text of a page as the service reads it."""
    parsed = parse(document(body, lang))
    return "" if parsed is None else read_content(parsed).text


def _mistake(row: dict[str, str], text: str, lang: str) -> Mistake | None:
    """Find a mistake in the page text; None if its fix changes more than the fragment."""
    mended = page_text(row["html_after"], lang)
    wrong, right = normalise(row["wrong"]), normalise(row["right"])
    head, _ = _change(text, mended)
    start = text.find(wrong, max(0, head - len(wrong)))
    while 0 <= start <= head:
        if text[:start] + right + text[start + len(wrong) :] == mended:
            before, after = row["html_before"], row["html_after"]
            at, tail = _change(before, after)
            new = after[at : len(after) - tail]
            return Mistake(row["kind"], right, start, start + len(wrong), at, len(before) - tail, new)
        start = text.find(wrong, start + 1)
    return None


def _change(before: str, after: str) -> tuple[int, int]:
    """Return how many characters two texts share at their beginning, and then at their end."""
    shortest = min(len(before), len(after))
    head = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    return head, tail


def _with_html(row: dict[str, str]) -> dict[str, str]:
    return row | {
        "html_before": _paragraphs(row["text_before"]),
        "html_after": _paragraphs(row["text_after"]),
    }


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n"))
