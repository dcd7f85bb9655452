"""Slow bodies hold no place of the others (F6 of the security review)."""

import io
import threading

import pytest

from moderation.web import body_guard
from moderation.web.body_guard import BodyGuard
from moderation.web.security import LONGEST_BODY

MOST = 20


class SlowClients:
    """Bodies that arrive when the test says so, each read by a thread of its own."""

    def __init__(self):
        self.now = 0.0
        self.cut_addresses = []
        self.arrived = {}
        self.outcomes = []
        self.threads = []
        self.guard = BodyGuard(self.app, self.cut, clock=lambda: self.now, most=MOST)

    def app(self, environ, start):
        """Answer with the body."""
        start("200 OK", [])
        return [environ["wsgi.input"].read()]

    def call(self, address, stream, length=None, **more):
        """One request in this thread; answers its status and body."""
        statuses = []
        environ = {
            "REQUEST_METHOD": "POST", "REMOTE_ADDR": address, "wsgi.input": stream,
            "CONTENT_LENGTH": str(len(stream.getvalue()) if length is None else length), **more,
        }  # fmt: skip
        body = self.guard(environ, lambda status, _headers: statuses.append(int(status[:3])))
        return statuses[0], b"".join(body)

    def cut(self, address):
        self.cut_addresses.append(address)
        for event in self.arrived.pop(address, []):
            event.set()

    def send(self, address, length=5000):
        event, begun = threading.Event(), threading.Event()
        self.arrived.setdefault(address, []).append(event)

        class Stalled(io.BytesIO):
            def read(self, _size=-1):
                begun.set()
                event.wait(20)
                return b""

        def read():
            self.outcomes.append(self.call(address, Stalled(), length=length)[0])

        thread = threading.Thread(target=read)
        self.threads.append(thread)
        thread.start()
        assert begun.wait(10)

    def end(self):
        for address in list(self.arrived):
            self.cut(address)
        for thread in self.threads:
            thread.join(10)


@pytest.fixture
def clients():
    made = SlowClients()
    yield made
    made.end()


def test_slow_bodies_leave_the_others_alone(clients):
    for number in range(MOST - 1):
        clients.send(f"192.0.2.{number}")
    assert clients.call("198.51.100.1", io.BytesIO(b""), REQUEST_METHOD="GET") == (200, b"")
    assert clients.call("198.51.100.1", io.BytesIO(b"report")) == (200, b"report")


def test_a_body_over_the_deadline_is_cut_off_when_another_one_comes(clients):
    clients.send("192.0.2.1")
    clients.now = body_guard.DEADLINE + 1
    clients.send("192.0.2.2")
    assert clients.cut_addresses == ["192.0.2.1"]
    clients.threads[0].join(10)
    assert clients.outcomes == [408]


def test_when_all_reading_threads_are_taken_the_busiest_address_is_cut_off(clients):
    for number in range(MOST - 3):
        clients.send(f"192.0.2.{number}")
    for _ in range(3):
        clients.send("198.51.100.1")
    clients.send("203.0.113.1")
    assert clients.cut_addresses == ["198.51.100.1"]


def test_an_address_with_many_slow_bodies_may_not_begin_another(clients):
    for _ in range(body_guard.SLOW_PER_ADDRESS):
        clients.send("192.0.2.1")
    clients.now = body_guard.SLOW + 0.1
    assert clients.call("192.0.2.1", io.BytesIO(b"one more"))[0] == 503
    assert clients.call("192.0.2.2", io.BytesIO(b"another reader")) == (200, b"another reader")


def test_a_body_that_ends_early_never_counts_as_whole(clients):
    assert clients.call("192.0.2.1", io.BytesIO(b"half"), length=8)[0] == 408


def test_a_body_without_a_length_is_read_up_to_the_limit(clients):
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    assert clients.call("192.0.2.1", io.BytesIO(b"report"), **chunked) == (200, b"report")
    endless = io.BytesIO(b"x" * (LONGEST_BODY + 100))
    assert len(clients.call("192.0.2.1", endless, **chunked)[1]) == LONGEST_BODY + 1


def test_a_body_that_is_too_long_is_left_for_the_application_to_refuse(clients):
    stream = io.BytesIO(b"x")
    assert clients.call("192.0.2.1", stream, length=LONGEST_BODY + 1) == (200, b"x")


def test_a_long_list_is_cut_off_after_the_deadline_too(clients):
    clients.send("192.0.2.1", length=LONGEST_BODY + 1)
    clients.now = body_guard.DEADLINE + 1
    clients.send("192.0.2.2", length=LONGEST_BODY + 1)
    assert clients.cut_addresses == ["192.0.2.1"]
