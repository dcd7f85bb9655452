"""A reader can report anything on a page: the widget's root follows the selection."""

import pytest
from playwright.sync_api import expect

from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote
from moderation.domain.text.page_text import read_content, read_page
from tests.support.browsing import select
from tests.support.gallery import served
from tests.support.widget import dialog_of, open_dialog, selected_by_dialog

CONTENT = read_content(served("teasers", {}))
TEXT = CONTENT.text


@pytest.fixture
def teasers(page, news):
    """A page whose first `article` elements are teasers."""
    page.goto(f"{news.url}/teasers.html")
    return page


@pytest.mark.parametrize(
    ("root", "word"),
    [
        (".story", "Подрядчик"),
        (".story", "набережную"),
        (".teaser", "набережную"),
        (".headline", "набережную"),
        (".related", "скамеек"),
        (".comments", "просят"),
        (".imprint", "Учредитель"),
        (".slogan", "листок"),
    ],
)
def test_a_word_anywhere_on_the_page_is_reported_and_found_again(teasers, root, word):
    quote, _ = selected_by_dialog(teasers, word, root)
    assert quote["exact"] == word
    prefix, suffix = quote["prefix"], quote["suffix"]
    span = PageText(TEXT).find(Quote(word, prefix, suffix), None)
    around = teasers.locator(root).first.inner_text().split()[:3]
    assert TEXT[span.start : span.end] == word
    assert any(piece in TEXT[max(0, span.start - 120) : span.end + 120] for piece in around)


def test_positions_count_in_the_article_and_then_in_the_rest_of_the_page(teasers):
    for word, root in (("Подрядчик", ".story"), ("скамеек", ".related")):
        quote, position = selected_by_dialog(teasers, word, root)
        assert TEXT[position["start"] : position["end"]] == quote["exact"]


def test_what_the_site_takes_out_of_the_text_cannot_be_reported(teasers):
    select(teasers, "переплаты", ".ignored")
    teasers.keyboard.press("Control+Enter")
    expect(dialog_of(teasers)).to_contain_text("Выделите опечатку в тексте статьи")


def test_the_root_of_the_sites_settings_counts_where_the_page_names_none(page, news, running):
    """The service reads `.story`; the widget learns it when the dialog opens and counts positions in it."""
    running.cli("site", "set", news.name, "--article-root", ".related")
    try:
        page.goto(f"{news.url}/teasers.html")
        with page.expect_response("**/api/v1/widget*") as asked:
            open_dialog(page, "скамеек", ".related")
        assert asked.value.json()["article_root"] == ".related"
        with page.expect_request("**/api/v1/reports") as sent:
            page.keyboard.press("Control+Enter")
        position = sent.value.post_data_json["position"]
        related = read_page(served("teasers", {}), root=".related")
        assert related[position["start"] : position["end"]] == "скамеек"
    finally:
        running.cli("site", "set", news.name, "--article-root", "")
