"""Intake and desk have places of their own."""

import json
import threading
from contextlib import contextmanager

import pytest

from moderation.web.canonical_request import canonical_requests
from moderation.web.capacity import Capacity
from moderation.web.security import LONGEST_BODY
from moderation.web.threads import (
    CMS_RUNNING,
    LIST_RUNNING,
    SIGN_IN_RUNNING,
    SIGN_IN_WAITING,
    SSO_RUNNING,
    TELEGRAM_RUNNING,
)
from tests.support.running import eventually


class Application:
    """Requests that stay until the test ends them."""

    def __init__(self):
        self.entered = threading.Semaphore(0)
        self.go = threading.Event()

    def __call__(self, _environ, start):
        self.entered.release()
        assert self.go.wait(10)
        start("200 OK", [])
        return [b"done"]


@pytest.fixture
def application():
    made = Application()
    yield made
    made.go.set()


@contextmanager
def requests(capacity, path, count, application, networks=1, length=0):
    addresses = (f"192.0.2.{at % networks}" for at in range(count))
    threads = [threading.Thread(target=call, args=(capacity, path, address, length)) for address in addresses]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert application.entered.acquire(timeout=10)
    yield
    application.go.set()
    for thread in threads:
        thread.join(10)


def call(capacity, path, address="192.0.2.0", length=0, method="POST"):
    answers = []
    request = {"PATH_INFO": path, "REQUEST_METHOD": method, "REMOTE_ADDR": address}
    body = capacity(
        {**request, "CONTENT_LENGTH": str(length)},
        lambda status, headers: answers.append((int(status[:3]), dict(headers))),
    )
    return (*answers[0], b"".join(body))


def test_a_flood_of_reports_is_refused_at_once_and_leaves_the_desk_alone(application):
    capacity = Capacity(application, running=2, waiting=0, intake=(2, 2))
    with requests(capacity, "/api/v1/reports", 2, application):
        status, headers, body = call(capacity, "/api/v1/reports")
        assert (status, headers["Retry-After"]) == (503, "2")
        assert headers["Access-Control-Allow-Origin"] == "*", "the widget must be able to read it"
        assert "Connection" not in headers, "a new connection would cost more than the refusal"
        assert json.loads(body)["status"] == 503
        assert call(capacity, "/report")[0] == 503, "the form counts with the API"
        application.go.set()
        assert call(capacity, "/desk/queue")[0] == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/%s"), ("POST", "//%s"), ("POST", "%s"), ("post", "%s")],
)
@pytest.mark.parametrize("wanted", ["/api/v1/reports", "/desk/sites/x/integrations/y"])
def test_another_way_to_write_a_request_gets_no_other_places(application, wanted, method, path):
    """Flask takes them all for the same. Floods of reports and passwords had the desk's places so."""
    app = canonical_requests(Capacity(application, intake=(4, 4)))
    with requests(app, wanted, 4, application):
        assert call(app, path % wanted, method=method)[0] == 503
        application.go.set()
        assert call(app, "/desk/queue")[0] == 200


def test_liveness_needs_no_place(application):
    capacity = Capacity(application, running=1, waiting=0)
    with requests(capacity, "/desk/queue", 1, application):
        assert call(capacity, "/desk/queue")[0] == 503
        application.go.set()
        assert call(capacity, "/healthz")[0] == 200


def test_a_waiting_request_gets_the_next_place(application):
    capacity = Capacity(application, intake=(1, 2))
    answers = []
    with requests(capacity, "/report", 1, application):
        waiting = threading.Thread(target=lambda: answers.append(call(capacity, "/report")[0]))
        waiting.start()
        application.go.set()
        waiting.join(10)
    assert answers == [200]


def test_a_cms_that_does_not_answer_leaves_the_desk_alone(application):
    capacity, bots = Capacity(application, running=1, waiting=0), "/desk/sites/x/integrations"
    with requests(capacity, "/desk/cases/x/source", CMS_RUNNING, application, networks=2):
        for path in ("/desk/cases/y/source", "/desk/sites/x/cms", "/desk/sites/x/cms/test"):
            assert call(capacity, path)[0] == 503
        assert [call(capacity, path)[0] for path in (f"{bots}/x", f"{bots}/x/remove")] == [503, 503]
        application.go.set()
        assert call(capacity, "/desk/queue")[0] == 200


def test_a_telegram_that_does_not_answer_leaves_the_desk_alone(application):
    capacity, update = Capacity(application, running=1, waiting=0), "/api/v1/telegram/x"
    with requests(capacity, update, TELEGRAM_RUNNING, application, networks=2):
        assert call(capacity, update)[0] == 503, "Telegram sends it again"
        application.go.set()
        assert call(capacity, "/desk/queue")[0] == 200


def test_long_lists_that_are_sent_slowly_leave_the_desk_alone(application):
    capacity, lists, long = Capacity(application, running=1, waiting=0), "/api/v1/decisions", LONGEST_BODY + 1
    with requests(capacity, lists, LIST_RUNNING, application, networks=2, length=long):
        assert call(capacity, lists, length=long)[0] == 503
        application.go.set()
        assert call(capacity, "/desk/queue")[0] == 200
        assert call(capacity, lists, length=100)[0] == 200


@pytest.mark.parametrize("path", ["/desk/sso", "/desk/sso/callback"])
def test_an_identity_provider_that_does_not_answer_leaves_the_desk_alone(application, path):
    capacity = Capacity(application, running=1, waiting=0)
    with requests(capacity, path, SSO_RUNNING, application):
        application.go.set()
        assert call(capacity, "/desk/queue")[0] == 200


def test_a_flood_of_passwords_is_refused_at_once_and_leaves_the_desk_alone(application):
    capacity, answers, refused = Capacity(application, running=1, waiting=0), [], 3
    with requests(capacity, "/desk/sign-in", SIGN_IN_RUNNING, application):
        threads = [
            threading.Thread(target=lambda at=at: answers.append(call(capacity, "/desk/sign-in", at)[0]))
            for at in map("192.0.2.{}".format, range(SIGN_IN_WAITING + refused))
        ]
        for thread in threads:
            thread.start()
        eventually(lambda: answers == [503] * refused, seconds=10)
        application.go.set()
        assert call(capacity, "/desk/queue")[0] == 200
        for thread in threads:
            thread.join(10)


@pytest.mark.parametrize("path", ["/desk/queue", "/widget.js", "/api/v1/docs"])
def test_a_flood_of_one_network_leaves_half_of_the_places_to_others(application, path):
    capacity = Capacity(application, running=4, waiting=0)
    with requests(capacity, path, 2, application):
        assert call(capacity, path)[0] == 503
        application.go.set()
        assert call(capacity, path, "192.0.2.1")[0] == 200
    assert call(capacity, path)[0] == 200, "the places come back"


@pytest.mark.parametrize("path", ["/report", "/api/v1/reports"])
def test_a_flood_of_one_network_leaves_places_to_other_readers(application, path):
    capacity, answers = Capacity(application, running=4, waiting=0, intake=(4, 4)), []
    with requests(capacity, path, 4, application):
        assert call(capacity, path)[0] == 503
        reader = threading.Thread(target=lambda: answers.append(call(capacity, path, "192.0.2.1")[0]))
        reader.start()
        application.go.set()
        reader.join(10)
    assert answers == [200]


@pytest.mark.parametrize(
    ("path", "running"), [("/desk/cases/x/source", CMS_RUNNING), ("/api/v1/telegram/x", TELEGRAM_RUNNING)]
)
def test_a_flood_leaves_places_to_the_previews_of_editors_and_to_telegram(application, path, running):
    capacity = Capacity(application)
    with requests(capacity, path, running // 2, application):
        assert call(capacity, path)[0] == 503
        application.go.set()
        assert call(capacity, path, "192.0.2.1")[0] == 200


def test_all_addresses_of_an_ipv6_network_share_their_half(application):
    capacity = Capacity(application, running=2, waiting=0)
    first = threading.Thread(target=call, args=(capacity, "/desk/queue", "2001:db8::1"))
    first.start()
    assert application.entered.acquire(timeout=10)
    for address in ("2001:db8::2", "2001:db8:0:1::1"):  # a customer has up to a /48
        assert call(capacity, "/desk/queue", address)[0] == 503
    application.go.set()
    assert call(capacity, "/desk/queue", "2001:db8:1::1")[0] == 200
    first.join(10)


def test_a_report_without_a_place_is_refused_before_its_body_is_read(application):
    read = []
    capacity = Capacity(application, running=2, waiting=0, intake=(2, 2))
    guarded = capacity.before_body(lambda environ, start: read.append(1) or capacity(environ, start))
    with requests(guarded, "/api/v1/reports", 2, application):
        assert call(guarded, "/api/v1/reports")[0] == call(guarded, "/report")[0] == 503
        assert len(read) == 2
        application.go.set()
        assert call(guarded, "/desk/queue")[0] == 200
    assert call(guarded, "/report")[0] == 200, "the places come back"
    assert len(read) == 4
