"""What a correction changes in HTML and Markdown: text, and no markup."""

import pytest

from tests.support.sources import corrected

PARAGRAPH = '<!-- wp:paragraph {"align":"left"} -->\n<p class="a">{}</p>\n<!-- /wp:paragraph -->'


@pytest.mark.parametrize(
    ("source", "exact", "correction", "expected"),
    [
        ("Он расказал о новых сроках", "расказал", "рассказал", "Он рассказал о новых сроках"),
        ("Он <em>раска</em>зал о сроках", "расказал", "рассказал", "Он <em>расска</em>зал о сроках"),
        ("Он&nbsp;расказал о&#160;сроках", "Он расказал", "Он рассказал", "Он&nbsp;рассказал о&#160;сроках"),
        ("it&#8217;s recieved today", "it’s recieved", "it’s received", "it&#8217;s received today"),
        ('He said "helo there" twice', "“helo there”", "“hello there”", 'He said "hello there" twice'),
        ("слово -- дело былo", "слово – дело былo", "слово – дело было", "слово -- дело было"),
        ("ждали... и дождалис", "дождалис", "дождались", "ждали... и дождались"),
        ("ждали… и дождалис", "ждали... и дождалис", "ждали.. и дождались", "ждали.. и дождались"),
        ("опе&shy;чятка в тексте", "опечятка", "опечатка", "опе&shy;чатка в тексте"),
        ('<a href="/котрая" title="котрая">котрая</a> пришла', "котрая", "которая",
         '<a href="/котрая" title="котрая">которая</a> пришла'),
        ("A &amp; B were hre today", "hre", "<here>", "A &amp; B were &lt;here&gt; today"),
        ("слово  слово здесь стоит", "слово слово", "слово", "слово здесь стоит"),
        ('[caption id="котрая"]котрая подпись[/caption]', "котрая", "которая",
         '[caption id="котрая"]которая подпись[/caption]'),
        ("[gallery ids='1' /]котрая [code]x[/code]", "котрая", "которая",
         "[gallery ids='1' /]которая [code]x[/code]"),
        ("абзац\n\nкотрая<br/>строка", "котрая", "которая", "абзац\n\nкоторая<br/>строка"),
        ("<script>a <b>&amp;\n\n</script>котрая", "котрая", "которая",
         "<script>a <b>&amp;\n\n</script>которая"),
        ("1 &NotEqualTilde; 2, wrod", "wrod", "word", "1 &NotEqualTilde; 2, word"),
        ("\u200bраз и\u0306вод", "йвод", "й вод", "\u200bраз и\u0306 вод"),
        ("q\u0306 и ''котрая''", "котрая", "которая", "q\u0306 и ''которая''"),
        ("the &fjlig;ord is deep", "fjord", "jord", "the jord is deep"),
    ],
)  # fmt: skip
def test_html_changes_in_its_text_only(source, exact, correction, expected):
    page = PARAGRAPH.replace("{}", source)
    assert corrected("wordpress", page, exact, correction) == PARAGRAPH.replace("{}", expected)


@pytest.mark.parametrize(
    ("source", "exact", "correction", "expected"),
    [
        ("# Заголовок с ашипкой\n\nТекст", "ашипкой", "ошибкой", "# Заголовок с ошибкой\n\nТекст"),
        ("Он **раска**зал [нам](/раска) всё", "расказал нам", "рассказал нам",
         "Он **расска**зал [нам](/раска) всё"),
        ("---\ntitle: \"Ашипка \\\"в\\\" номере\"\ndraft: false\n---\nТекст", "Ашипка", "Ошибка",
         "---\ntitle: \"Ошибка \\\"в\\\" номере\"\ndraft: false\n---\nТекст"),
        ("Раз\nи строка два ашипка\n", "два ашипка", "два ошибка", "Раз\nи строка два ошибка\n"),
        ("---\ntitle: 'Ашипка ''в'' номере'\n---\nТекст", "Ашипка", "О'шибка",
         "---\ntitle: 'О''шибка ''в'' номере'\n---\nТекст"),
        ("{% raw %}\nкод\n{% endraw %}\n| котрая | x |", "котрая", "которая",
         "{% raw %}\nкод\n{% endraw %}\n| которая | x |"),
        ("```\ncode\n```\nкотрая", "котрая", "которая", "```\ncode\n```\nкоторая"),
        ("https://a.example/ о&nbsp;котрой", "котрой", "которой", "https://a.example/ о&nbsp;которой"),
        ("a snake_case wrod here", "wrod", "w*ord", "a snake_case w\\*ord here"),
    ],
)  # fmt: skip
def test_markdown_changes_in_its_text_only(source, exact, correction, expected):
    assert corrected("markdown", source, exact, correction) == expected
