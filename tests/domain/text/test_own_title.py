"""The title that a page gives itself."""

import pytest

from moderation.domain.text.page_text import own_title


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title> Трамвай \n 7 </title><p>x", "Трамвай 7"),
        ('<title>Трамвай — Новости</title><meta property="og:title" content="Трамвай"><p>x', "Трамвай"),
        ('<meta property="og:title" content=""><meta name="a" content="b"><title>T</title><p>x', "T"),
        ("<p>x", None),
        ("", None),
    ],
)
def test_its_preview_comes_before_its_window(markup, title):
    assert own_title(markup) == title
