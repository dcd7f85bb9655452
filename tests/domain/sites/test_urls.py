from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.sites.urls import (
    InvalidOrigin,
    InvalidUrl,
    allows,
    canonical_url,
    complete_origin,
    follow,
    kept_canonical_url,
    kept_origin_of,
    origin_of,
    origin_pattern,
    origin_patterns,
)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://News.Example/a", "https://news.example/a"),
        ("HTTPS://news.example:443/a", "https://news.example/a"),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a#comments", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&utm_medium=y", "https://news.example/a"),
        ("https://news.example/a?id=7&fbclid=z", "https://news.example/a?id=7"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"),
        ("https://news.example/a/./b/../c", "https://news.example/a/c"),
        ("https://news.example/../../a", "https://news.example/a"),
        ("https://news.example/путь", "https://news.example/%D0%BF%D1%83%D1%82%D1%8C"),
        ("https://news.example/n/%d0%b0?q=%d0%b0", "https://news.example/n/%D0%B0?q=%D0%B0"),
        ("https://news.example/%61%2D%7e/%2fa", "https://news.example/a-~/%2Fa"),
        ("https://news.example/a/%2e%2e/b", "https://news.example/b"),
        ("https://news.example/100%", "https://news.example/100%"),
        ("https://news.example/a?tag=a,b&utm_source=q", "https://news.example/a?tag=a,b"),
        ("https://news.example/a?x=1+2&b&utm%5Fsource=q&c=%26", "https://news.example/a?x=1+2&b&c=%26"),
        ("https://новости.рф/", "https://xn--b1amnebsh.xn--p1ai/"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://[::1]:8000/a", "https://[::1]:8000/a"),
    ],
)
def test_one_name_for_one_page(url, canonical):
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "", "/a", "news.example/a", "ftp://news.example/a", "javascript:alert(1)", "https://", "https:///a",
        "https://user:pass@news.example/", "https://news.example:99999/", "https://news example/",
        "https://news.example\\@evil.example/", "https://*.news.example/a", "https://exa$mple/", "https://[::1/",
        "https://news.example/\x00",
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused(url):
    with pytest.raises(InvalidUrl):
        canonical_url(url)


@given(
    st.from_regex(
        r"https?://[a-z]{1,8}\.example(:[0-9]{2,4})?(/[a-zа-я0-9.%]{0,5}){0,4}(\?[a-z=&_%]{0,20})?",
        fullmatch=True,
    )
)
def test_twice_is_once(url):
    assert canonical_url(canonical_url(url)) == canonical_url(url)


class TestOrigins:
    def test_of_a_page(self):
        assert origin_of("https://News.example:443/a?b") == "https://news.example"

    def test_as_an_operator_writes_it(self):
        assert origin_pattern(" https://*.Новости.рф/ ") == "https://*.xn--b1amnebsh.xn--p1ai"

    @pytest.mark.parametrize(
        "text", ["news.example", "https://news.example/a", "https://news.example?x", "*"]
    )
    def test_what_is_none_is_refused(self, text):
        with pytest.raises(InvalidUrl):
            origin_pattern(text)

    @pytest.mark.parametrize(
        ("pattern", "origin", "allowed"),
        [
            ("https://news.example", "https://news.example", True),
            ("https://news.example", "http://news.example", False),
            ("https://news.example", "https://news.example:8443", False),
            ("https://news.example", "https://news.example.evil.example", False),
            ("https://*.news.example", "https://m.news.example", True),
            ("https://*.news.example", "https://a.b.news.example", True),
            ("https://*.news.example", "https://news.example", False),
            ("https://*.news.example", "https://evilnews.example", False),
            ("https://*.news.example:8443", "https://m.news.example", False),
            ("https://news.example", "null", False),
        ],
    )
    def test_which_a_site_allows(self, pattern, origin, allowed):
        assert allows((pattern,), origin) is allowed


def test_a_host_name_with_a_character_that_no_name_has_is_refused():
    with pytest.raises(InvalidUrl, match="the host name is not valid"):
        canonical_url("https://\u0378.example/")


def test_every_text_that_is_no_origin_is_named():
    with pytest.raises(InvalidOrigin, match="without a path; the URL must be absolute") as refused:
        origin_patterns(["https://a.example/path", "https://b.example", "ftp://x"])
    assert refused.value.origins == ("https://a.example/path", "ftp://x")


@pytest.mark.parametrize(
    ("url", "canonical"),
    [("https://a.example/x/..", "https://a.example/"), ("https://a.example/a/.", "https://a.example/a/")],
)
def test_a_path_that_ends_in_dots_names_a_folder(url, canonical):
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("news.example", "https://news.example"),
        (" *.news.example ", "https://*.news.example"),
        ("localhost:3000", "http://localhost:3000"),
        ("127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://news.example", "http://news.example"),
        ("news", "news"),
        ("", ""),
    ],
)
def test_a_domain_that_a_person_typed_gets_its_scheme(typed, completed):
    assert complete_origin(typed) == completed


def test_long_addresses_of_strangers_stay_in_no_memory():
    before = kept_origin_of.cache_info().currsize, kept_canonical_url.cache_info().currsize
    for number in range(3):
        url = f"https://news.example/{number}/{'a' * 100_000}"
        assert origin_of(url) == "https://news.example"
        with pytest.raises(InvalidUrl, match="more than 2048 characters"):
            canonical_url(url)
    assert (kept_origin_of.cache_info().currsize, kept_canonical_url.cache_info().currsize) == before


@pytest.mark.parametrize("url", ["http://a.example//", "http://a.example//x//y?a=1"])
def test_slashes_at_the_start_of_a_path_stay_as_they_are(url):
    assert canonical_url(url) == url


ACCENTS = "\u0301\u0316" * 1_000_000
"""Of a host name. Python sorts them, which takes the square of their number: an hour for these."""


@pytest.mark.parametrize("read", [origin_of, canonical_url, partial(follow, "https://news.example/a")])
def test_an_address_with_a_million_accents_is_not_taken_apart(read):
    with pytest.raises(InvalidUrl):
        read(f"https://a{ACCENTS}/a")


def test_a_link_leads_from_its_page():
    assert follow("https://news.example/a/b", "../c") == "https://news.example/c"


def test_a_link_that_cannot_be_read_leads_nowhere():
    with pytest.raises(InvalidUrl):
        follow("https://news.example/a", "http://[")
