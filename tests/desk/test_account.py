import pytest

from tests.desk.conftest import csrf, sign_in
from tests.factories import EditorFactory


def test_signing_in_and_out(client, editor):
    answer = sign_in(client, editor.email.upper())
    assert (answer.status_code, answer.location) == (302, "/desk/queue")
    page = client.get("/desk/queue").text
    assert editor.email in page
    out = client.post("/desk/sign-out", data={"csrf_token": csrf(page)}, follow_redirects=True)
    assert "You are signed out." in out.text
    assert client.get("/desk/queue").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"), [("editor", "wrong password"), ("nobody@news.example", "x" * 10)]
)
def test_a_wrong_password_and_an_unknown_address_look_alike(client, editor, email, password):
    answer = sign_in(client, editor.email if email == "editor" else email, password)
    assert answer.status_code == 403
    assert "The address and the password do not belong together." in answer.text
    assert password not in answer.text


def test_guessing_is_slowed_down(client, editor):
    statuses = [sign_in(client, editor.email, "wrong password").status_code for _ in range(21)]
    assert statuses == [403] * 20 + [429]


@pytest.mark.parametrize("path", ["/desk/", "/desk/queue", "/desk/queue?status=spam"])
def test_the_desk_asks_who_you_are_and_goes_on_there(client, editor, path):
    answer = client.get(path)
    assert answer.location.startswith("/desk/sign-in?next=")
    assert sign_in(client, editor.email, query=answer.location[len("/desk/sign-in") :]).location == path


@pytest.mark.parametrize(
    "path",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/desk//evil", "/desk\\@evil", "/r/x"],
)
def test_it_goes_nowhere_else(client, editor, path):
    assert sign_in(client, editor.email, query="?next=" + path).location == "/desk/queue"


def test_without_its_csrf_token_nothing_is_taken(client, desk, case):
    assert client.post("/desk/sign-out").status_code == 400
    form = {"version": 1, "action": "accept"}
    assert client.post(f"/desk/cases/{case.id}/decisions", data=form).status_code == 400
    assert client.post("/desk/sign-in", data={"email": "a@b.example", "password": "x"}).status_code == 400


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client):
    [cookie] = [
        value for value in client.get("/desk/sign-in").headers.getlist("Set-Cookie") if "session" in value
    ]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_an_account_that_is_gone_is_signed_out(client, session, site):
    gone = EditorFactory(role="editor", role__site=site)
    sign_in(client, gone.email)
    session.delete(gone.memberships[0])
    session.delete(gone)
    session.commit()
    assert client.get("/desk/queue").status_code == 302
