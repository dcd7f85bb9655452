import pytest

from moderation.domain.text.page_text import canonical_link, read_content, read_page

SHADOW = (
    '<x-a><template shadowrootmode="open"><p><slot name="t"></slot></p><slot></slot>!</template>'
    'два<b slot="t">раз</b></x-a>'
)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>раз <b>д</b>ва</p>", "раз два"),
        ("<p>раз</p><p>два</p>", "раз два"),
        ("раз<br>два", "раз два"),
        ("<ul><li>раз<li>два</ul>", "раз два"),
        ("<table><tr><td>раз<td>два</table>", "раз два"),
        ("до<script>x()</script><style>y</style>сле", "досле"),
        ("до<span hidden>x</span>сле", "досле"),
        ('до<span style="color:red; display : NONE">x</span>сле', "досле"),
        ("до<span data-corrigenda-ignore>x</span>сле", "досле"),
        ("пере&shy;нос и&nbsp;пробел&#8203;", "перенос и пробел"),
        ("e\u0301t\u0301e", "ét\u0301e"),
        ("<nav>меню</nav><article>статья</article><footer>низ</footer>", "статья"),
        ("<main>главное</main>", "главное"),
        ("<!-- x -->раз<textarea>поле</textarea><button>кнопка</button>", "раз"),
        ("<my-word>раз</my-word>два", "раздва"),
        ("раз<span class='visually-hidden'>в новом окне</span>два", "раз в новом окне два"),
        ("раз<span style='position: absolute; left: -99px'>метка</span>два", "раз метка два"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢かん"),
        ("<html><div></div><head><title>Газета</title></head><body>раз</body>", "раз"),
        (SHADOW, "раз два!"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_reader_sees(markup, text):
    assert read_page(markup) == text


def test_the_charset_is_what_http_says_else_the_documents():
    assert read_page("Привет".encode("cp1251"), charset="windows-1251") == "Привет"
    assert read_page(b'<meta charset="koi8-r"><p>' + "Привет".encode("koi8-r")) == "Привет"
    assert read_page("Привет".encode(), charset="no-such-charset") != ""


@pytest.mark.parametrize(
    ("root", "text"), [(".story", "раз"), ("#two", "два"), ("section", "три"), (".none", "раз два три")]
)
def test_a_site_names_its_root(root, text):
    markup = '<body><div class="a story">раз</div><div id="two">два</div><section>три</section></body>'
    assert read_page(markup, root=root) == text


def test_teasers_and_comments_are_not_the_article_of_a_page_without_one():
    story = "<div>Набережную откроют в субботу для пешеходов и велосипедистов.</div>" * 9
    teaser = "<article><p>Погода в выходные</p></article>"
    assert "Набережную" in read_page(f"<body>{teaser}{story}{teaser}</body>")


def test_a_page_nested_deeper_than_python():
    assert "дно" in read_page("<div>" * 200 + "дно" + "</div>" * 200)


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe\x00", b"<<<>>>", b"<p", b"\x00" * 100, b"<!doctype html>"])
def test_junk_is_no_page_and_no_error(junk):
    assert isinstance(read_page(junk), str)


def test_the_canonical_link():
    assert canonical_link('<link rel="alternate canonical" href=" /a ">') == "/a"
    assert canonical_link("<p>x") is None


STORY = "<p>Вчера на реке открыли новый мост, который строили три года.</p>" * 3


@pytest.mark.parametrize(
    ("markup", "article"),
    [
        (f"<article>тизер</article><article>{STORY}</article>", STORY),
        (f"<main><article><p>тизер</p></article>{STORY}</main>", f"<p>тизер</p>{STORY}"),
        (f"<main><p>лента</p><article>{STORY}</article></main>", STORY),
        (f"<article hidden>{STORY * 2}</article><article>{STORY}</article>", STORY),
        (f"<main>{STORY}</main>", STORY),
        (f"<div>{STORY}</div>", STORY),
    ],
)
def test_the_article_is_the_one_with_most_text(markup, article):
    assert read_page(markup) == read_page(article)


def test_the_rest_of_the_page_follows_the_article():
    content = read_content(f"<nav>меню</nav><article>{STORY}</article><footer>низ</footer>")
    assert content.text == f"{content.article} меню низ"
    assert content.article == read_page(STORY)


def test_a_page_without_text_is_empty():
    assert read_content("").text == read_content(b"").article == ""


def test_a_title_left_in_the_body_is_not_seen():
    assert read_page("<div>раз</div><head><title>заголовок</title></head>") == "раз"


@pytest.mark.parametrize("markup", ["", '<link rel="canonical"><link rel="next" href="/b">'])
def test_a_page_without_a_canonical_link_has_none(markup):
    assert canonical_link(markup) is None


def test_where_nobody_knows_the_charset_of_http_the_document_counts():
    page = '<meta charset="utf-8"><article><p>Слово</p></article>'
    assert read_page(page.encode(), charset="nonsense") == "Слово"
