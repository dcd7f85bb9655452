"""A crafted page costs a bounded number of pieces: counted in elements and characters, not in seconds."""

import pytest

from moderation.domain.text import article_root
from moderation.domain.text.markup import parse
from moderation.domain.text.page_text import read_content
from moderation.domain.text.walk import runs

SIZE = 5 * 1024 * 1024
TEMPLATE = '<x-a><template shadowrootmode="open"><slot></slot><slot></slot></template>'


def filled(tag):
    return "<body>" + tag * (SIZE // len(tag))


@pytest.mark.parametrize("tag", ["<p>", "<p a=1>", "<b>x</b>", "<a href=x>", "<table><tr><td>", "<"])
def test_no_more_than_two_hundred_thousand_elements_are_read(tag):
    document = parse(filled(tag))
    assert document is None or sum(1 for _ in document.iter()) <= 200_002


@pytest.mark.parametrize("word", ["слово", "a ", "&amp;"])
def test_no_more_than_a_million_characters_are_read(word):
    assert len(read_content("<body><p>" + word * (SIZE // len(word.encode()))).text) <= 1_000_000


def test_a_tag_keeps_its_first_attributes_only():
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    paragraph = parse(f"<body><p {attributes} hidden>x</p><p>y").find("body/p")
    assert len(paragraph.attrib) <= 300
    assert paragraph.get("a0") == "1"


def test_a_large_attribute_is_one_attribute():
    value = "data:image/png;base64," + "A b'=" * 10_000
    image = parse(f'<body><img alt="x" src="{value}" class="story">x').find("body/img")
    assert (image.get("src"), image.get("class")) == (value, "story")


def test_a_page_nested_deeply_costs_no_error():
    assert read_content("<body>" + "<div>" * 100_000 + "дно").text in ("", "дно")


def test_what_stands_in_two_slots_is_shown_once():
    assert read_content(f"<body>{TEMPLATE * 20}дно{'</x-a>' * 20}").text == "дно"


def test_ten_thousand_slots_cost_ten_thousand_pieces():
    markup = f'<body><x-a><template shadowrootmode="open">{"<slot>.</slot>" * 10_000}</template>дно</x-a>'
    assert sum(len(run.text) for run in runs(parse(markup).find("body"))) == len("дно") + 9_999


def test_a_slot_inside_a_component_shows_what_the_outer_component_was_given():
    inner = '<x-b><template shadowrootmode="open"><i><slot></slot></i></template><slot></slot></x-b>'
    outer = f'<x-a><template shadowrootmode="open">[{inner}]</template>слово</x-a>'
    assert read_content(outer).text == "[слово]"


def test_articles_inside_one_another_are_read_once(monkeypatch):
    """Fifty, each read with all that is in it, cost the worker seconds at each check."""
    read = []
    monkeypatch.setattr(article_root, "_prose_length", lambda node: read.append(node.tag) or 1)
    document = parse("<body>" + "<article>" * 50 + "<p>дно")
    assert article_root.article_root(document, None).getparent().tag == "body"
    assert read.count("article") <= 2
