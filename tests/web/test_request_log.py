"""Identifiers, durations and lines of requests."""

import dataclasses
import json

import pytest

from moderation import create_app
from moderation.metrics import REQUESTS


@pytest.fixture
def logging_client(settings, session, redis):
    """A client of an application behind a proxy that logs requests."""

    def make(**changed):
        return create_app(dataclasses.replace(settings, **changed)).test_client()

    return make


def test_a_request_leaves_a_line_without_its_path_and_with_the_id_of_its_answer(logging_client, capsys):
    client = logging_client(access_log=True, trusted_proxies=1)
    answer = client.get("/r/secret-token", headers={"X-Request-Id": "from-the-proxy-1"})
    written = capsys.readouterr().err
    [line] = [json.loads(line) for line in written.splitlines() if '"event": "request"' in line]
    assert (line["method"], line["status"]) == ("GET", answer.status_code)
    assert line["route"].startswith("/r/<")
    assert line["request_id"] == answer.headers["X-Request-Id"] == "from-the-proxy-1"
    assert "secret-token" not in written


@pytest.mark.parametrize("given", ["chosen-by-the-client", "a b"])
def test_without_a_proxy_the_id_is_ours(logging_client, given, capsys):
    answer = logging_client().get("/healthz", headers={"X-Request-Id": given})
    assert len(answer.headers["X-Request-Id"]) == 16
    assert "request" not in capsys.readouterr().err


def test_the_time_of_a_route_is_measured(client):
    client.get("/healthz")
    [metric] = REQUESTS.collect()
    assert any(sample.labels.get("route") == "/healthz" for sample in metric.samples)


def test_methods_that_a_stranger_makes_up_fill_no_memory(client):
    for number in range(3):
        assert client.open("/healthz", method=f"MADEUP{number}").status_code == 405
    methods = {sample.labels["method"] for metric in REQUESTS.collect() for sample in metric.samples}
    assert "other" in methods and not any(method.startswith("MADEUP") for method in methods)
