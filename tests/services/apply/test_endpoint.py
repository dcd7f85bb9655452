"""A newsroom's endpoint that fails in the middle of several corrections."""

import base64
import json

import pytest

from moderation.integrations.cms.base import Refused
from moderation.integrations.cms.endpoint import Endpoint
from moderation.integrations.cms.requests import Answer
from tests.support.cms import Remembered, change

SECRET = "whsec_" + base64.b64encode(b"s" * 24).decode()
PAGE = "https://news.example/mosty"
CHANGES = [change(word, word.upper(), key=word) for word in ("один", "два", "три")]


def endpoint(broken):
    """An endpoint that fails for one passage, and the passages that it was asked for."""
    asked = []

    def send(_method, _url, *, headers, body):
        exact = json.loads(body)["quote"]["exact"]
        asked.append((headers["webhook-id"], exact))
        if exact == broken == "два":
            return Answer(500, {}, b"")
        if exact == broken:
            raise Refused("unreachable", "no answer within 20 s")
        return Answer(200, {}, b"{}")

    return Endpoint("https://cms.news.example/corrections", SECRET, send), asked


def test_what_was_made_before_a_failure_is_told_and_the_rest_is_tried_again():
    cms, asked = endpoint("два")
    applied = cms.apply(PAGE, CHANGES, "note", Remembered())
    assert set(applied.corrections) == {"один"}
    assert applied.refused == {"два": "unreachable", "три": "unreachable"}
    assert asked == [("один", "один"), ("два", "два")], "it is not asked for more while it fails"


def test_a_connection_that_breaks_loses_nothing_that_was_made():
    cms, _asked = endpoint("три")
    applied = cms.apply(PAGE, CHANGES, "note", Remembered())
    assert set(applied.corrections) == {"один", "два"} and applied.refused == {"три": "unreachable"}


def test_an_endpoint_that_fails_at_once_refuses_all():
    cms, _asked = endpoint("один")
    with pytest.raises(Refused) as refused:
        cms.apply(PAGE, CHANGES, "note", Remembered())
    assert refused.value.reason == "unreachable"


def test_an_endpoint_that_states_very_much_fills_no_table():
    long = "x" * 100_000
    answer = {"document": long, "revision": long, "link": f"https://{long}", "before": long, "after": "y"}
    body = json.dumps(answer).encode()
    cms = Endpoint("https://cms.news.example/corrections", SECRET, lambda *_, **__: Answer(200, {}, body))
    applied = cms.apply(PAGE, CHANGES[:1], "note", Remembered())
    assert len(applied.document) == len(applied.revision or "") == 2048 and applied.link is None
    assert applied.corrections["один"].before == "один"
