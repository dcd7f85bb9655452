import gzip
import time
from threading import Event

import pytest

from moderation.services.pages.fetch import LARGEST, USER_AGENT, Fetcher, NotFetched, Source
from moderation.services.pages.proxy import Proxies
from tests.support.web import drip

HTML = {"Content-Type": "text/html; charset=utf-8"}


def source(web, **fields):
    return Source(**{"origins": (web.url,), "operator_origins": (web.url,), "pause": 0.0, **fields})


def get(fetcher, web, path="/a", source_=None, **validators):
    return fetcher.fetch(web.url + path, source_ or source(web), **validators)


def state(fetcher, web, path="/a"):
    with pytest.raises(NotFetched) as raised:
        get(fetcher, web, path)
    return raised.value.state, str(raised.value)


def test_a_page_is_fetched_with_its_charset_and_validators(fetcher, web):
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


def test_a_compressed_page_is_unpacked(fetcher, web):
    web.pages["/a"] = 200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"<p>x</p>")
    assert get(fetcher, web).body == b"<p>x</p>"


def test_redirects_inside_the_site_are_followed(fetcher, web):
    web.pages["/a"] = 301, {"Location": "/b"}, b""
    web.pages["/b"] = "<p>b</p>"
    assert get(fetcher, web).url == web.url + "/b"


@pytest.mark.parametrize(
    "location",
    [
        "http://evil.example/",
        "http://127.0.0.1:1/",
        "file:///etc/passwd",
        "//evil.example/x",
        "http://[",
        "//[x]/",
    ],
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
    release = Event()
    web.pages["/a"] = lambda _: (release.wait(5), (200, HTML, b"x"))[1]
    hasty = Fetcher(private=frozenset({web.host}), patience=0.3)
    assert state(hasty, web)[0] == "unreachable"
    release.set()


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n", b""], ids=["headers", "status line"])
def test_a_server_that_sends_a_byte_of_header_at_a_time_is_given_up(head):
    """Each byte comes in time; all of them together do not."""
    with drip(head) as host:
        fetcher = Fetcher(private=frozenset({host}), patience=0.5)
        origins = (f"http://{host}",)
        started = time.monotonic()
        with pytest.raises(NotFetched) as raised:
            fetcher.fetch(f"http://{host}/a", Source(origins, origins, pause=0.0))
        assert raised.value.reason == "too_slow"
        assert time.monotonic() - started < 3


def test_nothing_is_read_behind_the_end_of_a_compressed_page():
    """The memory would grow as long as the server sends, and each byte would be copied many times."""
    headers = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    with drip(headers + gzip.compress(b"<p>x</p>")) as host:
        fetcher, origins = Fetcher(private=frozenset({host}), patience=2.0), (f"http://{host}",)
        assert fetcher.fetch(f"http://{host}/a", Source(origins, origins, pause=0.0)).body == b"<p>x</p>"


def test_one_deadline_holds_for_all_redirects_together(web):
    release = Event()
    web.pages["/a"] = lambda _: (release.wait(0.2), (302, {"Location": "/a"}, b""))[1]
    assert state(Fetcher(private=frozenset({web.host}), patience=0.5), web)[1].startswith("the answer took")


def test_a_server_that_does_not_answer_is_unreachable():
    origins = ("http://127.0.0.1:1",)
    with pytest.raises(NotFetched, match="no answer") as raised:
        Fetcher(private=frozenset({"127.0.0.1:1"})).fetch("http://127.0.0.1:1/", Source(origins, origins))
    assert raised.value.state == "unreachable"


class TestPrivate:
    def test_a_private_address_is_refused_unless_allowed(self, web):
        assert state(Fetcher(), web)[0] == "refused"
        assert web.asked == []

    def test_a_private_host_is_open_only_for_origins_that_the_operator_set(self, fetcher, web):
        """A site's admin adds the address of another site's private host: it stays closed."""
        web.pages["/a"] = "<p>x</p>"
        with pytest.raises(NotFetched, match="private address"):
            get(fetcher, web, source_=source(web, operator_origins=()))
        assert get(fetcher, web).body

    def test_a_name_that_points_inside_is_refused_where_it_connects(self, web):
        url = web.url.replace("127.0.0.1", "localhost")
        with pytest.raises(NotFetched, match="private address"):
            Fetcher().fetch(url + "/a", Source((url,), (url,), pause=0.0))

    def test_another_port_of_an_allowed_host_stays_closed(self, web):
        with pytest.raises(NotFetched, match="private address"):
            get(Fetcher(private=frozenset({"127.0.0.1:1"})), web)

    @pytest.mark.parametrize("url", ["http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1/"])
    def test_even_when_the_site_claims_it(self, url):
        origin = url.rsplit("/", 1)[0].replace("/latest", "")
        with pytest.raises(NotFetched):
            Fetcher().fetch(url, Source((origin,), (origin,), pause=0.0))

    def test_a_page_of_another_site(self, fetcher, web):
        with pytest.raises(NotFetched, match="not the site's"):
            get(fetcher, web, source_=source(web, origins=("https://news.example",)))


class TestProxy:
    def test_pages_are_fetched_through_the_proxy_of_the_environment(self, web):
        web.pages["http://news.invalid/a"] = "<p>through the proxy</p>"
        fetcher = Fetcher(proxies=Proxies({"http": web.url}))
        origins = ("http://news.invalid",)
        page = fetcher.fetch("http://news.invalid/a", Source(origins, pause=0.0))
        assert page.body == b"<p>through the proxy</p>"

    def test_a_private_address_is_not_asked_of_the_proxy_either(self, web):
        fetcher = Fetcher(proxies=Proxies({"http": web.url}))
        origins = ("http://10.0.0.1",)
        with pytest.raises(NotFetched, match="private address"):
            fetcher.fetch("http://10.0.0.1/a", Source(origins, origins, pause=0.0))
        assert web.asked == []

    def test_hosts_of_no_proxy_are_asked_directly(self, fetcher, web):
        fetcher.proxies = Proxies({"http": "http://127.0.0.1:1", "no": "127.0.0.1"})
        web.pages["/a"] = "<p>x</p>"
        assert get(fetcher, web).body


class TestManners:
    def test_robots_are_heard_and_asked_once(self, fetcher, web):
        web.pages["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /secret"
        web.pages["/a"] = web.pages["/secret/b"] = "<p>x</p>"
        get(fetcher, web)
        assert state(fetcher, web, "/secret/b") == ("refused", "robots.txt of the site does not allow it")
        assert web.visits("/robots.txt") == 1

    def test_without_robots_everything_is_open(self, fetcher, web):
        web.pages["/robots.txt"] = 500, {}, b"User-agent: *\nDisallow: /"
        web.pages["/a"] = "<p>x</p>"
        assert get(fetcher, web).body

    def test_the_site_s_header_is_sent(self, fetcher, web):
        web.pages["/a"] = "<p>x</p>"
        get(fetcher, web, source_=source(web, header=("X-Corrigenda", "secret")))
        assert web.asked[-1][1]["x-corrigenda"] == "secret"

    def test_the_pause_of_the_site_follows_each_request(self, fetcher, web):
        web.pages["/a"] = "<p>x</p>"
        get(fetcher, web)  # robots.txt is known from now on
        get(fetcher, web, source_=source(web, pause=40.0))
        assert 35 < fetcher.turns.seconds_until_free(web.host) <= 40

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_host_that_asks_for_a_pause_gets_it(self, fetcher, web, status):
        web.pages["/a"] = status, {"Retry-After": "120"}, b""
        with pytest.raises(NotFetched) as raised:
            get(fetcher, web)
        assert (raised.value.reason, raised.value.retry_after) == ("busy", 120.0)
        assert 100 < fetcher.turns.seconds_until_free(web.host) <= 120
        with pytest.raises(NotFetched, match="is busy"):
            get(fetcher, web, "/b")
        assert web.visits("/b") == 0
