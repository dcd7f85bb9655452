"""Authors and sections that pages state."""

import json
import tracemalloc

import pytest

from moderation.domain.pages.credits import MOST_AUTHORS, Credits, read_credits


def page(*blocks, head=""):
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<html><head>{head}{scripts}</head><body><article>Text</article></body></html>"


def data(**node):
    return json.dumps({"@type": "NewsArticle", **node})


PERSON = {"@type": "Person", "name": "Анна Лебедева"}
GRAPH = {
    "@graph": [
        {"@type": "WebSite", "name": "News", "author": "Nobody"},
        {"@type": ["Article"], "author": [{"@id": "#a"}, "Пётр Савин"], "articleSection": ["Город", "Спорт"]},
        {"@id": "#a", **PERSON},
    ]
}


@pytest.mark.parametrize(
    ("markup", "authors", "section"),
    [
        (page(data(author=PERSON, articleSection="Город")), ["Анна Лебедева"], "Город"),
        (page(json.dumps(GRAPH)), ["Анна Лебедева", "Пётр Савин"], "Город"),
        (page("[" + data(author="A  \n B") + "]"), ["A B"], None),
        (page(head='<meta name="author" content="Anna"><meta property="article:section" content="Sport">'),
         ["Anna"], "Sport"),
        (page(data(author="Data"), head='<meta name="author" content="Meta">'), ["Data"], None),
        (page(head='<meta property="article:author" content="https://news.example/anna">'), [], None),
        (page("{broken", data(author=["", " ", 7, None, {"name": ["X", 1]}])), ["X"], None),
    ],
)  # fmt: skip
def test_the_authors_and_section_of_a_page(markup, authors, section):
    assert read_credits(markup) == Credits(tuple(authors), section)


@pytest.mark.parametrize(
    "block",
    [
        "[" * 100_000,
        data(author="x" * 101),
        '{"a": ' * 22 + '{"@type": "Article", "author": "A"}' + "}" * 22,
        data(author="a\x00b\u202ec"),
        '{"@type": "Article", "author": "\\ud800"}',
        json.dumps({"@type": {"a": 1}, "author": "A"}),
        data(author={"@id": ["#a"]}, articleSection={"name": "x"}),
        '{"@type": "Article", "author": "A"}' + " " * 300_000,
    ],
)
def test_hostile_data_states_nothing(block):
    assert read_credits(page(block)) == Credits()


def test_a_page_states_at_most_five_authors():
    assert len(read_credits(page(data(author=[f"Author {n}" for n in range(9999)]))).authors) == 5


def test_an_empty_page_states_nothing():
    assert read_credits("") == Credits()


def test_of_many_articles_that_share_authors_with_many_names_the_first_names_are_read():
    names = [f"Author {number}" for number in range(500)]
    shared = {"@id": "#a", "name": names}
    articles = [{"@type": "Article", "author": [{"@id": "#a"}] * 500} for _ in range(20)]
    deep = [shared, *articles]
    for _ in range(19):  # so deep that the references are no nodes of their own
        deep = [deep]
    markup = page(json.dumps(deep))
    tracemalloc.start()
    stated = read_credits(markup)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stated.authors == tuple(names[:MOST_AUTHORS])
    assert peak < 10 * 1024 * 1024
