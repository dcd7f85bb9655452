"""The reference endpoint of the documentation, called by the adapter."""

import base64
import importlib.util
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from moderation.integrations.cms.base import Refused
from moderation.integrations.cms.endpoint import Endpoint
from moderation.integrations.cms.requests import Answer
from tests.support.cms import Remembered, change

SECRET = "whsec_" + base64.b64encode(b"s" * 24).decode()
PAGE = "https://news.example/mosty"
REFERENCE = Path(__file__).parents[2] / "docs" / "integrations" / "endpoint.py"


@pytest.fixture
def reference(monkeypatch):
    """The module of the documentation."""
    monkeypatch.setenv("CORRIGENDA_SECRET", SECRET)
    spec = importlib.util.spec_from_file_location("reference_endpoint", REFERENCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def cms(reference):
    """The adapter; its requests reach the reference without a socket."""
    client = reference.app.test_client()

    def send(method, url, *, headers=None, body=None):
        answer = client.open(urlsplit(url).path, method=method, headers=headers, data=body)
        return Answer(answer.status_code, {k.lower(): v for k, v in answer.headers}, answer.data)

    return Endpoint("https://cms.news.example/corrections", SECRET, send)


def test_the_reference_corrects_once_and_answers_as_documented(cms, reference):
    assert cms.test() == "endpoint https://cms.news.example/corrections"
    asked = change("котрая", "которая", "Река, ", " течёт через город.", key="msg_1")
    shown = cms.preview(PAGE, [asked])
    assert (shown.corrections["msg_1"].before, shown.corrections["msg_1"].after) == ("котрая", "которая")
    assert "котрая" in reference.ARTICLES[PAGE]
    for _ in range(2):
        assert cms.apply(PAGE, [asked], "note", Remembered()).refused == {}
    assert reference.ARTICLES[PAGE] == "Река, которая течёт через город."


def test_the_reference_refuses_as_documented(cms, reference):
    assert cms.apply(PAGE, [change("нету", "нет")], "note", Remembered()).refused == {"a": "not_unique"}
    assert cms.apply(PAGE + "x", [change("а", "б")], "note", Remembered()).refused == {"a": "not_found"}
    wrong = Endpoint(cms.address, "whsec_" + base64.b64encode(b"x" * 24).decode(), cms.send)
    with pytest.raises(Refused) as refused:
        wrong.test()
    assert refused.value.reason == "unauthorized"
