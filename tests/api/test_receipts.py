import pytest

from moderation.services.triage.place import place
from tests.factories import NOON
from tests.support.problems import assert_problem


def test_a_receipt_follows_its_case(client, session, send, as_editor):
    answer = send().get_json()
    path = f"/api/v1/receipts/{answer['receipt']['token']}"
    assert client.get(path).get_json()["status"] == "received"
    place(session, [answer["id"]], NOON)
    session.commit()
    receipt = client.get(path).get_json()
    assert set(receipt) == {"status", "reported_at", "decided_at", "fixed_at", "message"}
    assert (receipt["status"], receipt["decided_at"]) == ("open", None)
    [case] = client.get("/api/v1/cases", headers=as_editor).get_json()["items"]
    client.post(
        f"/api/v1/cases/{case['id']}/decisions", json={"action": "fix", "version": 1}, headers=as_editor
    )
    receipt = client.get(path, headers={"Accept-Language": "ru"}).get_json()
    assert receipt["status"] == "fixed"
    assert receipt["fixed_at"].endswith("Z")
    assert receipt["message"] == "Текст исправлен. Спасибо!"


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00"])
def test_an_unknown_one(client, session, token):
    assert_problem(client.get(f"/api/v1/receipts/{token}"), 404, words="Report not found")


def test_any_page_may_ask(client, send):
    token = send().get_json()["receipt"]["token"]
    response = client.get(f"/api/v1/receipts/{token}")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-store"


def test_many_at_once_in_their_order(client, send):
    token = send().get_json()["receipt"]["token"]
    answer = client.post(
        "/api/v1/receipts", json={"tokens": ["nobody's", token]}, headers={"Accept-Language": "ru"}
    )
    unknown, known = answer.get_json()["receipts"]
    assert (
        unknown is None
        and known == client.get(f"/api/v1/receipts/{token}", headers={"Accept-Language": "ru"}).get_json()
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert_problem(client.post("/api/v1/receipts", json={"tokens": [token] * 51}), 422)


def test_a_browser_may_ask_from_any_page(client):
    preflight = client.options("/api/v1/receipts", headers={"Access-Control-Request-Method": "POST"})
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
