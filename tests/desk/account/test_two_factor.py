"""Codes beside the password."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from moderation.services.accounts import two_factor
from moderation.services.accounts.disable import disable_editor
from moderation.services.accounts.editors import set_password
from tests.factories import PASSWORD
from tests.support.desk import csrf, let_confirmations_end, post, sign_in


class TestCodes:
    @pytest.fixture
    def secret(self, desk):
        """The editor is asked for codes; turned on by the pages."""
        page = desk.get("/desk/account/codes").text
        assert re.search(r'<input[^>]* id="code"[^>]* autofocus', page)
        secret = re.search(r"secret=([A-Z2-7]{32})", page)[1]
        wrong = desk.post(
            "/desk/account/codes", data={"csrf_token": csrf(page), "code": "000000", "password": PASSWORD}
        )
        assert wrong.status_code == 422 and secret in wrong.text
        code = pyotp.TOTP(secret).now()
        shown = desk.post(
            "/desk/account/codes", data={"csrf_token": csrf(page), "code": code, "password": PASSWORD}
        )
        assert shown.text.count("<li><code>") == 10
        return secret

    def test_new_recovery_codes_are_a_list_of_lines_and_a_file_that_is_never_stored(self, desk, secret):
        page = post(desk, "/desk/account/codes/renew").text
        codes = re.findall(r'name="code" value="(\w+)"', page)
        shown = re.search(r'id="recovery-codes">(.*?)</ul>', page, re.DOTALL)[1]
        assert re.sub("<[^>]+>", "", shown).splitlines() == codes and len(codes) == 10
        assert re.search(r'<input[^>]* id="saved" required', page)
        file = post(desk, "/desk/account/codes/file", code=[*codes, "<b>not a code</b>"])
        assert file.headers["Cache-Control"] == "no-store"
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert file.mimetype == "text/plain" and file.text.splitlines()[-10:] == codes
        assert "not a code" not in file.text

    def test_a_stolen_session_does_not_turn_it_on_without_the_password(self, session, desk, editor):
        page = desk.get("/desk/account/codes").text
        secret = re.search(r"secret=([A-Z2-7]{32})", page)[1]
        let_confirmations_end(session)
        form = {"csrf_token": csrf(page), "code": pyotp.TOTP(secret).now()}
        assert desk.post("/desk/account/codes", data=form).status_code == 403
        session.refresh(editor)
        assert not two_factor.is_on(editor)

    def test_the_password_alone_opens_nothing_then(self, app, session, editor, secret):
        client = app.test_client()
        assert sign_in(client, editor.email, query="?next=/desk/pages").location.startswith(
            "/desk/sign-in/code"
        )
        assert client.get("/desk/queue").status_code == 302
        form = {"csrf_token": csrf(client.get("/desk/sign-in/code").text)}
        assert client.post("/desk/sign-in/code", data=form | {"code": "000000"}).status_code == 403
        later = pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))
        answer = client.post("/desk/sign-in/code?next=/desk/pages", data=form | {"code": later})
        assert (answer.status_code, answer.location) == (302, "/desk/pages")

    @pytest.mark.parametrize("end", ["disable", "password"])
    def test_a_code_opens_nothing_after_the_password_or_the_account_ended(
        self, app, session, editor, secret, end
    ):
        client = app.test_client()
        sign_in(client, editor.email)
        form = {"csrf_token": csrf(client.get("/desk/sign-in/code").text)}
        if end == "disable":
            disable_editor(session, editor, datetime.now(UTC))
        else:
            set_password(session, editor, "a much better password")
            session.commit()
        later = pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))
        client.post("/desk/sign-in/code", data=form | {"code": later})
        assert client.get("/desk/queue").status_code == 302

    def test_guessing_codes_is_slowed_down(self, app, editor, secret):
        client = app.test_client()
        sign_in(client, editor.email)
        form = {"csrf_token": csrf(client.get("/desk/sign-in/code").text), "code": "000000"}
        statuses = [client.post("/desk/sign-in/code", data=form).status_code for _ in range(11)]
        assert statuses == [403] * 10 + [429]

    def test_who_knows_the_password_does_not_try_codes_for_months(self, app, session, redis, editor, secret):
        client = app.test_client()

        def statuses(password, count):
            sign_in(client, editor.email, password)
            form = {"csrf_token": csrf(client.get("/desk/sign-in/code").text), "code": "000000"}
            found = [client.post("/desk/sign-in/code", data=form).status_code for _ in range(count)]
            redis.delete(*redis.keys("*/15/minute*"))  # a quarter of an hour later
            return found

        assert [statuses(PASSWORD, 10) for _ in range(4)] == [[403] * 10] * 4
        assert statuses(PASSWORD, 1) == [429]
        set_password(session, editor, "a much better password")
        session.commit()
        assert statuses("a much better password", 1) == [403], "the owner is not shut out"

    def test_turning_off_needs_the_password_and_a_code(self, session, desk, editor, secret):
        let_confirmations_end(session)
        for wrong in (
            {"password": "wrong", "identity_code": pyotp.TOTP(secret).now()},
            {"password": PASSWORD},
        ):
            assert post(desk, "/desk/account/codes/off", **wrong).status_code == 403
        session.refresh(editor)
        assert two_factor.is_on(editor)
        later = pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))
        both = {"password": PASSWORD, "identity_code": later}
        assert post(desk, "/desk/account/codes/renew", **both).text.count("<li><code>") == 10
        assert "10 recovery codes left" in desk.get("/desk/account").text
        post(desk, "/desk/account/codes/off")
        session.refresh(editor)
        assert not two_factor.is_on(editor)
