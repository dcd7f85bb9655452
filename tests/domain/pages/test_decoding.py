"""Bytes to text, as browsers do it."""

import codecs
import time

import pytest

from moderation.domain.pages.decoding import decode

RUSSIAN = "<title>Набережную откроют</title>{meta}<p>О новых сроках рассказал главный архитектор.</p>"
FRENCH = "<p>L’été dernier, la municipalité a rénové le théâtre et l’école.</p>"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("windows-1251", "cp1251"), ("x-cp1251", "cp1251"), ("koi8-r", "koi8_r"), ("utf-8", "utf-8"),
        ("unicode-1-1-utf-8", "utf-8"),
    ],
)  # fmt: skip
def test_the_charset_of_http_counts(label, codec):
    page = RUSSIAN.format(meta="")
    assert decode(page.encode(codec), label) == page


@pytest.mark.parametrize(
    ("label", "codec"), [("windows-1251", "cp1251"), ("KOI8-R", "koi8_r"), ("utf8", "utf-8")]
)
def test_a_meta_element_behind_a_russian_title_counts(label, codec):
    page = RUSSIAN.format(meta=f"<meta http-equiv=Content-Type content='text/html; charset={label}'>")
    assert decode(page.encode(codec), None) == page


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii", "latin1"])
def test_latin_labels_are_read_as_windows_1252(label):
    assert decode(FRENCH.encode("cp1252"), label) == FRENCH


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("shift_jis", "cp932", "新聞①の記事"), ("windows-31j", "cp932", "新聞"), ("x-sjis", "cp932", "新聞"),
        ("gb2312", "gb18030", "新聞㐀報道"), ("gbk", "gb18030", "新闻报道"), ("big5", "big5", "新聞報導"),
        ("euc-kr", "cp949", "똠방각하"), ("euc-jp", "euc_jp", "新聞"),
    ],
)  # fmt: skip
def test_asian_labels_are_read_as_their_supersets(label, codec, text):
    page = f"<meta charset={label}><p>{text}</p>"
    assert decode(page.encode(codec), None) == page


def test_a_byte_order_mark_beats_http():
    assert decode(codecs.BOM_UTF8 + "<p>да</p>".encode(), "windows-1251") == "<p>да</p>"
    assert decode(codecs.BOM_UTF16_LE + "<p>да</p>".encode("utf-16-le"), "utf-8") == "<p>да</p>"


def test_a_meta_element_in_a_comment_or_a_script_does_not_count():
    hidden = "<!-- <meta charset=koi8-r> --><script>'<meta charset=big5>'</script>"
    page = hidden + "<meta charset=windows-1251><p>да</p>"
    assert decode(page.encode("cp1251"), None) == page


def test_utf_16_in_a_meta_element_means_utf_8():
    page = "<meta charset=utf-16><p>да</p>"
    assert decode(page.encode(), None) == page


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "koi8_r"])
def test_undeclared_russian_is_told_by_its_bytes(codec):
    page = RUSSIAN.format(meta="")
    assert decode(page.encode(codec), None) == page


def test_undeclared_french_is_windows_1252():
    assert decode(FRENCH.encode("cp1252"), None) == FRENCH


def test_undeclared_chinese_is_told_by_its_language():
    page = "<html lang=zh-CN><p>新闻报道</p>"
    assert decode(page.encode("gb18030"), None) == page


def test_an_unknown_charset_is_as_good_as_none():
    assert decode("<p>да</p>".encode(), "x-nobody-knows") == "<p>да</p>"


def test_broken_bytes_do_not_stop_the_rest():
    assert decode(b"<p>a\xffb</p>", "utf-8") == "<p>a\ufffdb</p>"


def test_an_encoding_that_no_browser_reads_any_more_does_not_stop_the_reading():
    assert decode(b"<p>plain</p>", "iso-2022-kr") == "<p>plain</p>"


def test_utf_8_that_was_cut_in_the_middle_of_a_character_stays_utf_8():
    assert decode("<p>Набережную".encode()[:-1], None) == "<p>Набережну\ufffd"


@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
def test_the_first_encoding_of_the_language_that_fits_is_taken(codec):
    page = '<html lang="ja"><p>日本語の記事です。</p>'
    assert decode(page.encode(codec), None) == page


@pytest.mark.parametrize("opened", ["<!--", "<script ", "<meta ", "<meta charset ", "<html "])
def test_no_page_takes_more_time_than_its_length(opened):
    """A search that begins anew at each of these reads the rest of the text: seconds for a page (F90)."""
    body = opened.encode() * 4000 + b"\xff" + b"." * 10
    assert sum(_seconds(decode, body) for _ in range(5)) < 5 * 0.05


@pytest.mark.parametrize("declared", ["<meta charset=", "<meta charset", "<html lang=", "<html lang"])
def test_no_white_space_takes_more_time_than_its_length(declared):
    """Between the sign and the value it belonged to either of two places: seconds for a page (F102)."""
    body = declared.encode() + b" " * 16_000 + b">\xff."
    assert sum(_seconds(decode, body) for _ in range(5)) < 5 * 0.05


def test_what_a_comment_or_a_script_hides_declares_nothing():
    for hidden in ("<!-- {} -->", "<script>{}</script>", "<!-- {}", "<style>{}"):
        page = hidden.format('<meta charset="cp1251">') + "<p>Набережную"
        assert decode(page.encode(), None).endswith("Набережную")


def _seconds(function, *arguments):
    began = time.process_time()
    function(*arguments, None)
    return time.process_time() - began
