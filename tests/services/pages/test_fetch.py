import gzip
import time

import pytest

from moderation.services.pages.fetch import LARGEST, USER_AGENT, Fetcher, NotFetched

HTML = {"Content-Type": "text/html; charset=utf-8"}


def get(fetcher, web, path="/a", **validators):
    return fetcher.fetch(web.url + path, (web.url,), **validators)


def state(fetcher, web, path="/a"):
    with pytest.raises(NotFetched) as raised:
        get(fetcher, web, path)
    return raised.value.state, str(raised.value)


def test_a_page(fetcher, web):
    web.pages["/a"] = 200, HTML | {"ETag": '"1"', "Last-Modified": "Mon"}, "<p>да</p>".encode()
    page = get(fetcher, web)
    assert (page.body.decode(), page.charset, page.etag, page.last_modified) == (
        "<p>да</p>",
        "utf-8",
        '"1"',
        "Mon",
    )
    headers = next(headers for path, headers in web.asked if path == "/a")
    assert headers["user-agent"] == USER_AGENT


def test_what_has_not_changed_is_not_sent_again(fetcher, web):
    web.pages["/a"] = lambda headers: (304 if headers.get("if-none-match") == '"1"' else 200, HTML, b"")
    assert get(fetcher, web, etag='"1"').body is None
    assert get(fetcher, web).body == b""


def test_compressed(fetcher, web):
    web.pages["/a"] = 200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"<p>x</p>")
    assert get(fetcher, web).body == b"<p>x</p>"


def test_redirects_inside_the_site_are_followed(fetcher, web):
    web.pages["/a"] = 301, {"Location": "/b"}, b""
    web.pages["/b"] = "<p>b</p>"
    assert get(fetcher, web).url == web.url + "/b"


@pytest.mark.parametrize(
    "location", ["http://evil.example/", "http://127.0.0.1:1/", "file:///etc/passwd", "//evil.example/x"]
)
def test_a_redirect_out_of_the_site_is_refused(fetcher, web, location):
    web.pages["/a"] = 302, {"Location": location}, b""
    assert state(fetcher, web)[0] == "refused"


def test_redirects_without_end(fetcher, web):
    web.pages["/a"] = 302, {"Location": "/a"}, b""
    assert state(fetcher, web) == ("unreachable", "too many redirects")


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "gone"), (410, "gone"), (401, "refused"), (402, "refused"), (403, "refused"), (451, "refused"),
     (500, "unreachable"), (503, "unreachable"), (429, "unreachable"), (204, "unreachable")],
)  # fmt: skip
def test_an_error_page_is_no_page(fetcher, web, status, expected):
    web.pages["/a"] = status, HTML, b"<p>sorry</p>"
    assert state(fetcher, web)[0] == expected


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, {"Content-Type": "application/pdf"}, b"%PDF"), "application/pdf"),
        ((200, HTML, b"x" * (LARGEST + 1)), "larger than 5 MB"),
        (
            (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * (64 * 1024 * 1024))),
            "larger than 5 MB",
        ),
        ((200, HTML | {"Content-Encoding": "gzip"}, b"not gzip"), "compression is broken"),
        ((200, HTML | {"Content-Encoding": "br"}, b"x"), "encoded as br"),
    ],
)
def test_what_is_no_readable_page(fetcher, web, answer, words):
    web.pages["/a"] = answer
    found, why = state(fetcher, web)
    assert (found, words in why) == ("unreadable", True)


def test_a_slow_page_is_given_up(web):
    def slow(_):
        time.sleep(1)
        return 200, HTML, b"x"

    web.pages["/a"] = slow
    hasty = Fetcher(private=frozenset({web.host}), pause=0.0, patience=0.2)
    assert state(hasty, web)[0] == "unreachable"


def test_nobody_there():
    fetcher = Fetcher(private=frozenset({"127.0.0.1:1"}), pause=0.0)
    with pytest.raises(NotFetched, match="no answer") as raised:
        fetcher.fetch("http://127.0.0.1:1/", ("http://127.0.0.1:1",))
    assert raised.value.state == "unreachable"


class TestPrivate:
    def test_a_private_address_is_refused_unless_allowed(self, web):
        assert state(Fetcher(pause=0.0), web)[0] == "refused"
        assert web.asked == []

    def test_a_name_that_points_inside_is_refused_where_it_connects(self, web):
        url = web.url.replace("127.0.0.1", "localhost")
        with pytest.raises(NotFetched, match="private address"):
            Fetcher(pause=0.0).fetch(url + "/a", (url,))

    def test_another_port_of_an_allowed_host_stays_closed(self, web):
        with pytest.raises(NotFetched, match="private address"):
            Fetcher(private=frozenset({"127.0.0.1:1"}), pause=0.0).fetch(web.url + "/a", (web.url,))

    @pytest.mark.parametrize("url", ["http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1/"])
    def test_even_when_the_site_claims_it(self, url):
        origin = url.rsplit("/", 1)[0].replace("/latest", "")
        with pytest.raises(NotFetched):
            Fetcher(pause=0.0).fetch(url, (origin,))

    def test_a_page_of_another_site(self, fetcher, web):
        with pytest.raises(NotFetched, match="not the site's"):
            fetcher.fetch(web.url + "/a", ("https://news.example",))


class TestManners:
    def test_robots_are_heard_and_asked_once(self, fetcher, web):
        web.pages["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /secret"
        web.pages["/a"] = web.pages["/secret/b"] = "<p>x</p>"
        get(fetcher, web)
        assert state(fetcher, web, "/secret/b") == ("refused", "the site's robots.txt keeps us out")
        assert web.visits("/robots.txt") == 1

    def test_without_robots_everything_is_open(self, fetcher, web):
        web.pages["/robots.txt"] = 500, {}, b"User-agent: *\nDisallow: /"
        web.pages["/a"] = "<p>x</p>"
        assert get(fetcher, web).body

    def test_one_request_a_second_to_a_host(self, web):
        slept = []
        fetcher = Fetcher(private=frozenset({web.host}), clock=lambda: 100.0, sleep=slept.append)
        web.pages["/a"] = "<p>x</p>"
        get(fetcher, web)
        get(fetcher, web)
        assert slept == [1.0, 2.0]
