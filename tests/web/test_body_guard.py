"""Slow bodies hold no working thread (F6 of the security review)."""

import io
import threading

import pytest
from werkzeug.exceptions import RequestTimeout, ServiceUnavailable

from moderation.web import body_guard
from moderation.web.body_guard import BodyGuard


class SlowClients:
    """Bodies that arrive when the test says so, each read by a thread of its own."""

    def __init__(self):
        self.now = 0.0
        self.cut_addresses = []
        self.arrived = {}
        self.outcomes = []
        self.threads = []
        self.guard = BodyGuard(self.app, self.cut, clock=lambda: self.now)

    def app(self, environ, _start):
        """Read the body, as a view does."""
        return [environ["wsgi.input"].read()]

    def call(self, address, stream, method="POST"):
        """One request in this thread; answers its body."""
        environ = {"REQUEST_METHOD": method, "REMOTE_ADDR": address, "wsgi.input": stream}
        return self.guard(environ, None)[0]

    def cut(self, address):
        self.cut_addresses.append(address)
        for event in self.arrived.pop(address, []):
            event.set()

    def send(self, address):
        event, begun = threading.Event(), threading.Event()
        self.arrived.setdefault(address, []).append(event)

        class Stalled(io.BytesIO):
            def read(self, _size=-1):
                begun.set()
                event.wait(20)
                return b""

        def read():
            try:
                self.call(address, Stalled())
            except (RequestTimeout, ServiceUnavailable) as error:
                self.outcomes.append(type(error))

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


def test_more_slow_bodies_than_working_threads_leave_the_others_alone(clients):
    for number in range(body_guard.WORKING * 2):
        clients.send(f"192.0.2.{number}")
    assert clients.call("198.51.100.1", io.BytesIO(b"page"), "GET") == b"page"
    assert clients.call("198.51.100.1", io.BytesIO(b"report")) == b"report"


def test_a_body_over_the_deadline_is_cut_off_when_another_one_comes(clients):
    clients.send("192.0.2.1")
    clients.now = body_guard.DEADLINE + 1
    clients.send("192.0.2.2")
    assert clients.cut_addresses == ["192.0.2.1"]
    clients.threads[0].join(10)
    assert clients.outcomes == [RequestTimeout]


def test_when_all_reading_threads_are_taken_the_busiest_address_is_cut_off(clients):
    for number in range(body_guard.READING - 3):
        clients.send(f"192.0.2.{number}")
    for _ in range(3):
        clients.send("198.51.100.1")
    clients.send("203.0.113.1")
    assert clients.cut_addresses == ["198.51.100.1"]


def test_an_address_with_many_slow_bodies_may_not_begin_another(clients):
    for _ in range(body_guard.SLOW_PER_ADDRESS):
        clients.send("192.0.2.1")
    clients.now = body_guard.SLOW + 0.1
    with pytest.raises(ServiceUnavailable):
        clients.call("192.0.2.1", io.BytesIO(b"one more"))
    assert clients.call("192.0.2.2", io.BytesIO(b"another reader")) == b"another reader"
