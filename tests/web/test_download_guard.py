"""Slow downloads hold no thread of the others, and do not fill the memory."""

import pytest

from moderation.web import download_guard
from moderation.web.download_guard import SHORT, DownloadGuard

MOST = 20
LONG = b"x" * (5 * SHORT)


class Downloads:
    """Downloads that clients begin and do not read."""

    def __init__(self):
        self.now = 0.0
        self.cut_addresses = []
        self.begun = []
        self.closed = 0
        self.guard = DownloadGuard(self.app, self.cut, clock=lambda: self.now, most=MOST)

    def app(self, environ, start):
        """Answer with a text of the wanted length. It says when it is closed."""
        downloads, size = self, environ["size"]

        class Body(list):
            def close(self):
                downloads.closed += 1

        start("200 OK", [("Content-Length", str(size))] if environ.get("has_length", True) else [])
        return Body([b"x" * size])

    def call(self, address, size=5 * SHORT, **more):
        """One request; answers its status and its body."""
        statuses = []
        environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": address, "size": size, **more}
        body = self.guard(environ, lambda status, _headers: statuses.append(int(status[:3])))
        return statuses[-1], body

    def begin(self, address):
        """Begin a download that nobody reads."""
        status, body = self.call(address)
        self.begun.append((address, body))
        return status

    def cut(self, address):
        """Close the connections of an address: the server then closes the answers."""
        self.cut_addresses.append(address)
        for begun_by, body in self.begun:
            if begun_by == address:
                body.close()


@pytest.fixture
def downloads():
    return Downloads()


def test_a_short_answer_is_given_in_one_part_and_holds_nothing(downloads):
    for _ in range(2 * MOST):
        assert downloads.call("192.0.2.1", SHORT) == (200, [b"x" * SHORT])
    assert downloads.closed == 2 * MOST


def test_a_long_answer_is_given_in_pieces_and_whole(downloads):
    _status, body = downloads.call("192.0.2.1")
    pieces = list(body)
    body.close()
    assert (b"".join(pieces), max(map(len, pieces)) < SHORT, downloads.closed) == (LONG, True, 1)


def test_an_export_without_a_length_is_left_alone(downloads):
    for _ in range(2 * MOST):
        assert downloads.call("192.0.2.1", has_length=False)[0] == 200


def test_an_address_with_many_slow_downloads_may_not_begin_another(downloads):
    for _ in range(download_guard.SLOW_PER_ADDRESS):
        assert downloads.begin("192.0.2.1") == 200
    downloads.now = download_guard.SLOW + 0.1
    assert downloads.begin("192.0.2.1") == 503
    assert downloads.begin("192.0.2.2") == 200
    assert downloads.closed == 1, "the refused answer"


def test_when_all_threads_send_the_busiest_address_is_cut_off(downloads):
    for number in range(MOST - 3):
        downloads.begin(f"192.0.2.{number}")
    for _ in range(3):
        downloads.begin("198.51.100.1")
    assert downloads.begin("203.0.113.1") == 200
    assert downloads.cut_addresses == ["198.51.100.1"]


def test_a_download_over_the_deadline_is_cut_off_when_another_one_comes(downloads):
    downloads.begin("192.0.2.1")
    downloads.now = download_guard.DEADLINE + 1
    downloads.begin("192.0.2.2")
    assert downloads.cut_addresses == ["192.0.2.1"]


def test_behind_a_proxy_downloads_beyond_the_threads_are_refused_at_once(downloads):
    guard = DownloadGuard(downloads.app, None, most=1)
    downloads.guard = guard
    assert (downloads.begin("192.0.2.1"), downloads.begin("192.0.2.2")) == (200, 503)


def test_a_download_that_was_read_leaves_its_place(downloads):
    for _ in range(2 * MOST):
        status, body = downloads.call("192.0.2.1")
        assert (status, len(b"".join(body))) == (200, len(LONG))
