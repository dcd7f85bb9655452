"""Signing in and out, and what guessing meets."""

import pytest

from tests.factories import PASSWORD, EditorFactory
from tests.support.desk import csrf, sign_in


class TestSigningIn:
    def test_in_and_out(self, client, editor):
        answer = sign_in(client, editor.email.upper())
        assert (answer.status_code, answer.location) == (302, "/desk/queue")
        page = client.get("/desk/queue").text
        assert editor.email in page
        out = client.post("/desk/sign-out", data={"csrf_token": csrf(page)}, follow_redirects=True)
        assert "Signed out" in out.text
        assert client.get("/desk/queue").status_code == 302

    @pytest.mark.parametrize(
        ("email", "password"), [("editor", "wrong password"), ("nobody@news.example", "x" * 10)]
    )
    def test_a_wrong_password_and_an_unknown_address_look_alike(self, client, editor, email, password):
        answer = sign_in(client, editor.email if email == "editor" else email, password)
        assert answer.status_code == 403
        assert "Wrong email or password." in answer.text
        assert password not in answer.text

    def test_guessing_is_slowed_down(self, client, editor):
        statuses = [sign_in(client, editor.email, "wrong password").status_code for _ in range(21)]
        assert statuses == [403] * 20 + [429]

    def test_a_stranger_does_not_lock_the_editor_out(self, app, client, editor):
        client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
        for _ in range(20):
            sign_in(client, editor.email, "wrong password")
        assert sign_in(client, editor.email).status_code == 429
        elsewhere = app.test_client()
        elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.2"
        assert sign_in(elsewhere, editor.email).status_code == 302

    def test_addresses_of_one_ipv6_network_count_as_one(self, client, editor):
        statuses = []
        for number in range(21):
            client.environ_base["REMOTE_ADDR"] = f"2001:db8::{number:x}"
            statuses.append(sign_in(client, editor.email, "wrong password").status_code)
        assert statuses == [403] * 20 + [429]

    def test_one_ipv6_48_cannot_try_one_password_on_many_accounts(self, client):
        token = csrf(client.get("/desk/sign-in").text)
        statuses = []
        for number in range(321):
            client.environ_base["REMOTE_ADDR"] = f"2001:db8:0:{number:x}::1"
            form = {"email": f"e{number}@news.example", "password": "", "csrf_token": token}
            statuses.append(client.post("/desk/sign-in", data=form).status_code)
        assert statuses == [200] * 320 + [429]
        client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
        assert client.get("/desk/sign-in").status_code == 200

    def test_guessing_from_many_addresses_ends_except_in_browsers_that_signed_in_before(
        self, app, client, editor
    ):
        known = app.test_client()
        sign_in(known, editor.email)
        known.post("/desk/sign-out", data={"csrf_token": csrf(known.get("/desk/queue").text)})
        other = EditorFactory()
        sign_in(client, other.email)
        client.delete_cookie("corrigenda_session", path="/")  # a cookie of another account helps nobody
        statuses = []
        for number in range(61):
            client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            statuses.append(sign_in(client, editor.email, "wrong password").status_code)
        assert statuses == [403] * 60 + [429]
        assert sign_in(known, editor.email).status_code == 302

    def test_a_json_body_neither_signs_in_nor_tries_a_password(self, client, editor):
        headers = {"X-CSRFToken": csrf(client.get("/desk/sign-in").text)}
        for password in ("wrong password", PASSWORD):
            form = {"email": editor.email, "password": password}
            assert client.post("/desk/sign-in", json=form, headers=headers).status_code == 415
        for type_ in ("application/json; charset=utf-8", "text/plain", "application/vnd.api+json"):
            body = client.post("/desk/sign-in", data="{}", content_type=type_, headers=headers)
            assert body.status_code == 415
        assert client.get("/desk/queue").status_code == 302

    def test_the_device_cookie_is_kept_from_scripts_and_names_nobody(self, client, editor):
        sign_in(client, editor.email)
        cookie = client.get_cookie("corrigenda_device")
        assert cookie.http_only and cookie.same_site == "Lax" and editor.email not in cookie.value

    def test_signing_in_often_locks_nobody_out(self, app, client, editor):
        for number in range(22):
            client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            assert sign_in(client, editor.email).status_code == 302
            client.delete_cookie("corrigenda_session", path="/")

    @pytest.mark.parametrize("path", ["/desk/", "/desk/queue", "/desk/queue?status=spam"])
    def test_the_desk_asks_who_you_are_and_goes_on_there(self, client, editor, path):
        answer = client.get(path)
        assert answer.location.startswith("/desk/sign-in?next=")
        assert sign_in(client, editor.email, query=answer.location[len("/desk/sign-in") :]).location == path

    @pytest.mark.parametrize(
        "path",
        ["https://evil.example", "//evil.example", "/\\evil.example", "/desk//evil", "/desk\\@evil", "/r/x"],
    )
    def test_it_goes_nowhere_else(self, client, editor, path):
        assert sign_in(client, editor.email, query="?next=" + path).location == "/desk/queue"

    def test_without_its_csrf_token_nothing_is_taken(self, client, desk, case):
        assert client.post("/desk/sign-out").status_code == 400
        form = {"version": 1, "action": "accept"}
        assert client.post(f"/desk/cases/{case.id}/decisions", data=form).status_code == 400
        assert client.post("/desk/sign-in", data={"email": "a@b.example", "password": "x"}).status_code == 400

    def test_the_session_cookie_is_kept_from_scripts_and_other_sites(self, client):
        [cookie] = [
            value for value in client.get("/desk/sign-in").headers.getlist("Set-Cookie") if "session" in value
        ]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie

    def test_an_account_that_is_gone_is_signed_out(self, client, session, site):
        gone = EditorFactory(role="editor", role__site=site)
        sign_in(client, gone.email)
        session.delete(gone)
        session.commit()
        assert client.get("/desk/queue").status_code == 302
