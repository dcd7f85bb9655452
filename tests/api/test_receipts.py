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
