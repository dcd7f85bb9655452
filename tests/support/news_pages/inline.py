"""Markup inside a paragraph, as editors, advertisers and scripts leave it."""

import unicodedata
from collections.abc import Callable
from random import Random

Inline = Callable[[list[str], Random], None]
"""Changes words of a paragraph. The words are joined by spaces afterwards."""


def _wrapped(before: str, after: str) -> Inline:
    def wrap(words: list[str], random: Random) -> None:
        first = random.randrange(len(words))
        last = min(len(words) - 1, first + random.randrange(3))
        words[first] = before + words[first]
        words[last] += after

    return wrap


def _inside(mark: str) -> Inline:
    """Put a mark into the middle of some words."""

    def put(words: list[str], random: Random) -> None:
        for at in random.sample(range(len(words)), min(4, len(words))):
            if len(words[at]) > 4 and "<" not in words[at]:
                words[at] = words[at][:3] + mark + words[at][3:]

    return put


def _between(mark: str) -> Inline:
    """Put a mark in place of the space between two words."""

    def put(words: list[str], random: Random) -> None:
        if len(words) > 4:
            at = random.randrange(1, len(words) - 1)
            words[at : at + 2] = [words[at] + mark + words[at + 1]]

    return put


def _after_word(mark: str) -> Inline:
    """Put a mark directly behind a word."""

    def put(words: list[str], random: Random) -> None:
        words[random.randrange(len(words))] += mark

    return put


def _half_bold(words: list[str], random: Random) -> None:
    at = random.randrange(len(words))
    if "<" not in words[at]:
        words[at] = f"<b>{words[at][:2]}</b>{words[at][2:]}"


def _seams(words: list[str], random: Random) -> None:
    """Lines that only a style sheet separates."""
    third = max(1, len(words) // 3)
    parts = [" ".join(words[at : at + third]) for at in range(0, len(words), third)]
    words[:] = ["".join(f"<span class=line>{part}</span>" for part in parts)]


def _drop_cap(words: list[str], random: Random) -> None:
    if words[0][0] not in "<&":
        words[0] = f'<span class="{random.choice(("cap", "first"))}">{words[0][0]}</span>{words[0][1:]}'


def _letters(words: list[str], random: Random) -> None:
    """A span for each letter of the first word, for an animation."""
    if "<" not in words[0]:
        words[0] = "".join(f'<span class="ib">{letter}</span>' for letter in words[0])


def _decomposed(words: list[str], random: Random) -> None:
    words[:] = [unicodedata.normalize("NFD", word) for word in words]


def _hydrated(words: list[str], random: Random) -> None:
    """Comments that React leaves between texts."""
    words[:] = ["<!-- -->".join((word[:2], word[2:])) if len(word) > 5 else word for word in words]


INLINE: tuple[Inline, ...] = (
    _wrapped('<a href="#">', '<span class="vh">Opens in new window</span></a>'),
    _wrapped('<a href="#">', '<svg width=9 height=9><title>Link</title><path d="M0 0"/></svg></a>'),
    _wrapped("<em>", "</em>"),
    _wrapped("<strong>", "</strong>"),
    _wrapped('<span data-nosnippet="">', "</span>"),
    _wrapped("<q>", "</q>"),
    _wrapped('<span class="up">', "</span>"),
    _wrapped("<mark><ins>", "</ins></mark>"),
    _wrapped('<span class="term">', '<span class="hide" role="tooltip">A word that needs an explanation</span></span>'),
    _wrapped('<bdi dir="rtl">', "</bdi>"),
    _wrapped('<span class="ib">', "</span>"),
    _inside("<wbr>"),
    _inside("&shy;"),
    _inside("&#8203;"),
    _inside("&#xfeff;"),
    _inside("<!-- typo? -->"),
    _between("&nbsp;"),
    _between("&thinsp;"),
    _between("&#8239;—&nbsp;"),
    _between(' <span class="ad"><ins>Advertisement</ins></span> '),
    _between('<div class="ad">Advertisement</div>'),
    _between(" <button type=button>Share</button> "),
    _between("<br>\n"),
    _between("\n\n\t\t"),
    _after_word('<sup class="note"><a href="#n1">[1]</a></sup>'),
    _after_word('<span class="vh">, quote</span>'),
    _after_word('<span class="marker">12</span>'),
    _after_word(" שלום (Шалом)"),
    _after_word(" <math><mi>x</mi><mo>=</mo><mn>2</mn></math>"),
    _after_word(" <ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>"),
    _after_word(" <code>a&lt;b</code>"),
    _after_word(" ﬁnale…"),
    _half_bold,
    _seams,
    _drop_cap,
    _letters,
    _decomposed,
    _hydrated,
)  # fmt: skip


def dress(text: str, random: Random) -> str:
    """Return a paragraph's text with up to three kinds of markup in it."""
    words = text.split(" ")
    for inline in random.choices(INLINE, k=random.choice((0, 0, 1, 1, 2, 3))):
        inline(words, random)
    return " ".join(words)
