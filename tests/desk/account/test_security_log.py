"""Security log, history and notices (F25); what cookies hold (F3, F28)."""

import base64
import re
import zlib
from datetime import UTC, datetime

import pyotp
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from moderation.models import AccountEvent, OutboxMessage
from moderation.services.sites import members
from tests.factories import PASSWORD, EditorFactory
from tests.support.desk import csrf, sign_in

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def post(client, path, **form):
    return client.post(path, data={"csrf_token": csrf(client.get("/desk/account").text), **form})


def events(session):
    return list(session.scalars(select(AccountEvent.what).order_by(AccountEvent.id)))


def mailed(session):
    sent = select(AccountEvent.what).join(OutboxMessage, OutboxMessage.subject_id == AccountEvent.id)
    return list(session.scalars(sent.order_by(AccountEvent.id)))


def test_a_wrong_password_leaves_a_trace_in_log_and_history(session, client, editor):
    client.environ_base |= {"REMOTE_ADDR": "192.0.2.77", "HTTP_USER_AGENT": CHROME}
    with capture_logs() as logged:
        sign_in(client, editor.email, "wrong password")
        sign_in(client, "nobody@news.example", "wrong password")
    lines = [line for line in logged if line["event"] == "sign_in.failed"]
    assert [line["reason"] for line in lines] == ["wrong_password", "unknown_account"]
    assert [line["account"] for line in lines] == [str(editor.id), None]
    assert lines[0]["address"] == lines[1]["address"] and re.fullmatch("[0-9a-f]{32}", lines[0]["address"])
    known, unknown = session.scalars(select(AccountEvent).order_by(AccountEvent.id))
    assert (known.editor_id, known.network, known.browser) == (editor.id, "192.0.2.0/24", CHROME)
    assert unknown.editor_id is None


def test_no_log_line_holds_an_address_or_a_mailbox(session, client, editor):
    client.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    with capture_logs() as logged:
        sign_in(client, editor.email, "wrong password")
        sign_in(client, editor.email)
        post(client, "/desk/account/tokens", name="CMS", scopes="read", days="30", password=PASSWORD)
        post(client, "/desk/account/password", old=PASSWORD, new="a much better password")
    assert {"sign_in.failed", "sign_in.new_device", "token.created", "password.changed"} <= {
        line["event"] for line in logged
    }
    assert editor.email not in str(logged) and "192.0.2" not in str(logged) and "CMS" not in str(logged)


def test_a_first_sign_in_with_a_browser_is_mailed_and_a_second_is_not(session, client, editor):
    sign_in(client, editor.email)
    assert mailed(session) == ["sign_in.new_device"]
    client.post("/desk/sign-out", data={"csrf_token": csrf(client.get("/desk/queue").text)})
    sign_in(client, editor.email)
    assert mailed(session) == ["sign_in.new_device"]
    assert events(session)[-2:] == ["session.ended", "sign_in.succeeded"]


def test_who_joins_is_not_told_about_a_new_device(session, client, settings, site):
    admin = EditorFactory(role="admin", role__site=site)
    invited = members.invite(
        session, admin, site, "new@news.example", "editor", lang="en", now=datetime.now(UTC)
    )
    path = f"/desk/invitation/{members.invitation_token(settings.secret_keys, invited)}"
    form = {"csrf_token": csrf(client.get(path).text), "name": "Вера", "password": "a much better password"}
    client.post(path, data=form)
    assert events(session) == ["account.created", "sign_in.succeeded"]
    assert mailed(session) == []


def test_changes_of_the_account_are_recorded_and_mailed(session, desk, editor):
    page = desk.get("/desk/account/codes").text
    secret = re.search(r"secret=([A-Z2-7]{32})", page)[1]
    code = pyotp.TOTP(secret).now()
    post(desk, "/desk/account/codes", code=code, password=PASSWORD)
    post(desk, "/desk/account/codes/renew", password=PASSWORD)
    post(desk, "/desk/account/codes/off", password=PASSWORD)
    post(desk, "/desk/account/tokens", name="CMS", scopes="read", days="30", password=PASSWORD)
    post(desk, "/desk/account/sessions/end-others")
    post(desk, "/desk/account/password", old=PASSWORD, new="a much better password")
    assert events(session) == [
        "sign_in.new_device",
        "two_factor.on",
        "recovery_codes.renewed",
        "two_factor.off",
        "token.created",
        "sessions.ended",
        "password.changed",
    ]
    told = ["sign_in.new_device", "two_factor.on", "two_factor.off", "token.created", "password.changed"]
    assert mailed(session) == told


def test_a_used_recovery_code_is_recorded_and_mailed(session, app, desk, editor):
    page = desk.get("/desk/account/codes").text
    secret = re.search(r"secret=([A-Z2-7]{32})", page)[1]
    shown = post(desk, "/desk/account/codes", code=pyotp.TOTP(secret).now(), password=PASSWORD).text
    recovery = re.search(r"<li><code>([^<]+)</code>", shown)[1]
    client = app.test_client()
    sign_in(client, editor.email)
    form = {"csrf_token": csrf(client.get("/desk/sign-in/code").text)}
    client.post("/desk/sign-in/code", data=form | {"code": "000000"})
    client.post("/desk/sign-in/code", data=form | {"code": recovery})
    assert events(session)[-3:] == ["code.failed", "recovery_code.used", "sign_in.new_device"]
    assert "recovery_code.used" in mailed(session)


def test_the_history_shows_events_in_words(desk, client, editor):
    client.environ_base |= {"REMOTE_ADDR": "192.0.2.77", "HTTP_USER_AGENT": CHROME}
    post(desk, "/desk/account/tokens", name="CMS", scopes="read", days="30", password=PASSWORD)
    page = desk.get("/desk/account/history").text
    assert "API token created" in page and "Chrome on Linux" in page and "192.0.2.0/24" in page
    assert "192.0.2.77" not in page and "Signed in from a new device" in page


def test_failed_attempts_do_not_push_the_rest_out_of_the_history(session, app, desk, editor):
    stranger = app.test_client()
    for number in range(60):
        stranger.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        sign_in(stranger, editor.email, "wrong password")
    page = desk.get("/desk/account/history").text
    assert page.count("Failed sign-in") == 10 and "Signed in from a new device" in page


def test_the_history_of_others_is_not_shown(session, app, desk, editor):
    other = EditorFactory()
    elsewhere = app.test_client()
    sign_in(elsewhere, other.email, "wrong password")
    assert "Failed sign-in" not in desk.get("/desk/account/history").text


def test_a_refusal_at_the_desk_is_logged(desk, editor, site):
    with capture_logs() as logged:
        assert desk.get(f"/desk/sites/{site.id}").status_code == 403
    [line] = [line for line in logged if line["event"] == "desk.refused"]
    assert (line["account"], line["endpoint"]) == (str(editor.id), "settings.show")


def test_the_other_devices_are_signed_out_and_this_one_stays(app, desk, editor):
    other = app.test_client()
    sign_in(other, editor.email)
    assert "Sign out everywhere else" in desk.get("/desk/account").text
    post(desk, "/desk/account/sessions/end-others")
    assert other.get("/desk/queue").status_code == 302 and desk.get("/desk/queue").status_code == 200


def cookie_bytes(client):
    """Everything that a reader of the session cookie sees, decompressed."""
    value = client.get_cookie("corrigenda_session").value
    payload = value.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return zlib.decompress(raw) if value.startswith(".") else raw


def test_the_cookie_does_not_hold_the_secret_of_an_unconfirmed_authenticator(desk):
    page = desk.get("/desk/account/codes").text
    secret = re.search(r"secret=([A-Z2-7]{32})", page)[1]
    assert secret.encode() not in cookie_bytes(desk)
    assert secret in desk.get("/desk/account/codes").text  # a reload shows the same


def test_a_copied_device_cookie_does_not_lift_the_limit(app, client, editor):
    sign_in_known, statuses = app.test_client(), []
    sign_in(sign_in_known, editor.email)
    copied = sign_in_known.get_cookie("corrigenda_device").value
    for number in range(61):
        client.set_cookie("corrigenda_device", copied)
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        statuses.append(sign_in(client, editor.email, "wrong password").status_code)
    assert statuses == [403] * 60 + [429]


@pytest.mark.parametrize("value", ["x", "WyJhIl0.x.y", ""])
def test_a_forged_device_cookie_marks_no_device(session, client, editor, value):
    client.set_cookie("corrigenda_device", value)
    sign_in(client, editor.email)
    assert mailed(session) == ["sign_in.new_device"]
