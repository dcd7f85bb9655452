import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.text.blocks import block_at, zone_of
from moderation.domain.text.normalise import normalise
from moderation.domain.text.page_text import read_content

PAGE = (
    "<nav>Меню</nav><article><h1>Мост <b>открыт</b></h1><p>Движение пустили утром.</p>"
    "<div>Без абзаца<br>строка<p>Второй абзац</div><h2>Что дальше</h2><ul><li>раз<li><p>два</ul>"
    "<figure><img><figcaption>Подпись</figcaption></figure><table><caption>Итог<tr><td>3<td><p>4</table>"
    "<blockquote>Цитата</blockquote><pre>код  тут</pre></article><aside><h3>Ещё</h3></aside>"
)


def kinds(markup):
    content = read_content(markup)
    return [(block.kind, content.text[block.start : block.end]) for block in content.blocks]


def test_each_part_of_the_page_is_a_block_of_its_kind():
    assert kinds(PAGE) == [
        ("headline", "Мост открыт"),
        ("paragraph", "Движение пустили утром."),
        ("text", "Без абзаца"),
        ("text", "строка"),
        ("paragraph", "Второй абзац"),
        ("heading", "Что дальше"),
        ("item", "раз"),
        ("item", "два"),
        ("caption", "Подпись"),
        ("caption", "Итог"),
        ("cell", "3"),
        ("paragraph", "4"),
        ("quote", "Цитата"),
        ("preformatted", "код тут"),
        ("text", "Меню"),
        ("heading", "Ещё"),
    ]


@pytest.mark.parametrize(
    ("passage", "zone"),
    [
        ("открыт", "headline"),
        ("Движение", "lead"),
        ("строка", "body"),
        ("Второй", "body"),
        ("дальше", "body"),
        ("два", "list"),
        ("Подпись", "caption"),
        ("Цитата", "body"),
    ],
)
def test_a_passage_knows_its_zone(passage, zone):
    content = read_content(PAGE)
    assert zone_of(content.blocks, content.text.index(passage)) == zone


def test_a_heading_before_any_prose_is_the_headline():
    content = read_content("<h2>Заголовок</h2><p>Первый</p><h2>Второй</h2>")
    assert [zone_of(content.blocks, block.start) for block in content.blocks] == ["headline", "lead", "body"]


def test_without_blocks_there_is_no_zone():
    assert zone_of((), 5) is None
    assert block_at((), 0) is None


MARKUP = st.lists(
    st.sampled_from(
        [
            *"аб \u0301\u200b\n",
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<b>",
            "</b>",
            "<br>",
            "<li>",
            "<h1>",
            "e\u0301",
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKUP)
def test_blocks_cover_the_text_but_for_one_space_between_them(markup):
    content = read_content("<body>" + markup)
    assert normalise(content.text).strip(" ") == content.text
    assert " ".join(content.text[block.start : block.end] for block in content.blocks) == content.text
    assert [block.start for block in content.blocks[1:]] == [block.end + 1 for block in content.blocks[:-1]]
