import json

import pytest
from sqlalchemy import func, select

from moderation.models import Report
from tests.support.api import BODY
from tests.support.problems import assert_problem


def stored(session):
    session.rollback()
    return session.scalar(select(func.count(Report.id)))


class TestIdempotency:
    def test_the_same_again_gives_the_first_answer(self, session, send):
        first, second = send({"Idempotency-Key": "k"}), send({"Idempotency-Key": "k"})
        assert (first.status_code, first.get_json()) == (second.status_code, second.get_json())
        assert stored(session) == 1

    def test_another_body_is_refused(self, session, send):
        send({"Idempotency-Key": "k"})
        assert_problem(send({"Idempotency-Key": "k"}, comment="другое"), 422, words="different body")
        assert stored(session) == 1

    @pytest.mark.parametrize("key", ["", "a" * 129, "with space", "ключ".encode().decode("latin-1")])
    def test_a_key_that_is_none(self, send, key):
        assert_problem(send({"Idempotency-Key": key}), 422, words="1 to 128 visible")


def test_a_wrong_kind_names_the_allowed_ones(send):
    assert_problem(send(kind="style"), 422, words="; allowed: ")


def test_the_document_has_what_a_generator_needs(client):
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    operation = paths["/api/v1/reports"]["post"]
    assert (operation["operationId"], operation["tags"]) == ("create_report", ["reports"])
    assert {"Idempotency-Key", "X-Proof"} <= {each["name"] for each in operation["parameters"]}
    ids = [operation["operationId"] for methods in paths.values() for operation in methods.values()]
    assert len(ids) == len(set(ids))


class TestRefused:
    @pytest.mark.parametrize(
        "data", ["", "{", "nonsense", "\ud800".encode("utf-8", "surrogatepass"), b"\xff{}"]
    )
    def test_a_body_that_is_not_json_is_refused(self, send, data):
        assert_problem(send(data=data), 400, words="not JSON")

    @pytest.mark.parametrize("key", ["", "pk_unknown", "й".encode().decode("latin-1")])
    def test_an_unknown_site_key_is_refused(self, send, key):
        assert_problem(send({"X-Site-Key": key}), 401, words="X-Site-Key")

    def test_a_report_without_a_site_key_is_refused(self, client):
        assert_problem(client.post("/api/v1/reports", json=BODY), 401)

    @pytest.mark.parametrize("origin", ["https://evil.example", "http://news.example", "null"])
    def test_a_foreign_origin(self, send, origin):
        assert_problem(send({"Origin": origin}), 403, words=origin)

    @pytest.mark.parametrize(
        "url", ["https://evil.example/a", "http://news.example/a", "https://news.example:8443/"]
    )
    def test_a_foreign_page(self, send, url):
        assert_problem(send(url=url), 403, words="does not belong")

    def test_a_body_over_16_kib_is_refused(self, send):
        assert_problem(send(data=json.dumps({"url": "x" * 17000})), 413, words="16 KiB", type="/too-large")

    def test_a_body_of_another_type_is_refused(self, client, site):
        response = client.post("/api/v1/reports", data="url=x", headers={"X-Site-Key": site.site_key})
        assert_problem(response, 415, words="application/json")

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"url": None}, "/url"),
            ({"url": ""}, "/url"),
            ({"url": 7}, "/url"),
            ({"url": "not a url"}, "/url"),
            ({"url": "https://news.example/" + "a" * 2028}, "/url"),
            ({"quote": None}, "/quote"),
            ({"quote": {}}, "/quote/exact"),
            ({"quote": {"exact": ""}}, "/quote/exact"),
            ({"quote": {"exact": "  \n"}}, "/quote/exact"),
            ({"quote": {"exact": "я" * 1001}}, "/quote/exact"),
            ({"quote": {"exact": "a", "prefix": "я" * 201}}, "/quote/prefix"),
            ({"quote": {"exact": "a", "suffix": "я" * 201}}, "/quote/suffix"),
            ({"quote": {"exact": "a", "infix": "b"}}, "/quote/infix"),
            ({"quote": {"exact": "a\x00b"}}, "/quote/exact"),
            ({"position": {"start": -1, "end": 2}}, "/position/start"),
            ({"position": {"start": 1, "end": 2**31}}, "/position/end"),
            ({"position": {"start": 3, "end": 2}}, "/position"),
            ({"position": {"start": "1", "end": 2}}, "/position/start"),
            ({"correction": "я" * 1001}, "/correction"),
            ({"correction": "\x00"}, "/correction"),
            ({"comment": "я" * 2001}, "/comment"),
            ({"kind": "style"}, "/kind"),
            ({"title": "я" * 501}, "/title"),
            ({"lang": "ру"}, "/lang"),
            ({"lang": "ru\n"}, "/lang"),
            ({"unknown": 1}, "/unknown"),
        ],
    )
    def test_a_wrong_shape_says_where(self, session, send, changed, pointer):
        assert_problem(send(**changed), 422, pointer=pointer)
        assert stored(session) == 0

    @pytest.mark.parametrize("data", ["[]", "null", '"x"', "7"])
    def test_not_an_object(self, send, data):
        assert_problem(send(data=data), 422, pointer="")

    def test_a_wrong_method(self, client):
        response = client.get("/api/v1/reports")
        assert_problem(response, 405)
        assert "POST" in response.headers["Allow"]

    def test_an_unknown_path(self, client):
        assert_problem(client.get("/api/v1/nothing"), 404)
