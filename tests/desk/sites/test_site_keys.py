"""The page "API and keys" of a site."""

import re

from sqlalchemy import select

from moderation.models import AuditEntry
from tests.support.api import BODY
from tests.support.desk import csrf, let_confirmations_end, post


def test_an_admin_makes_a_server_key_sees_it_once_and_revokes_it(admin, client, session, site):
    page = f"/desk/sites/{site.id}/keys"
    assert site.site_key in admin.get(page).text
    assert post(admin, page, name="  ").status_code == 422
    made = post(admin, page, name="<b>Back end</b>").text
    key = re.search(r'id="server-key">(sk_[\w-]+)<', made)[1]
    shown = admin.get(page).text
    assert key not in shown and "&lt;b&gt;Back end" in shown and "Never" in shown
    headers = {"Authorization": f"Bearer {key}", "X-Reader": "reader-1"}
    assert client.post("/api/v1/reports", json=BODY, headers=headers).status_code == 202
    (revoke,) = re.findall(rf'action="({page}/[\w-]+/revoke)"', shown)
    post(admin, revoke)
    assert "Revoked: &lt;b&gt;Back end" in admin.get(page).text
    assert revoke not in admin.get(page).text
    assert client.post("/api/v1/reports", json=BODY, headers=headers).status_code == 401
    noted = session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert noted == ["server_key.created", "server_key.revoked"]


def test_a_session_that_may_be_stolen_makes_no_key(admin, session, site):
    page = f"/desk/sites/{site.id}/keys"
    let_confirmations_end(session)
    form = {"csrf_token": csrf(admin.get(page).text), "name": "Back end"}
    assert admin.post(page, data=form).status_code == 403
    assert "sk_" not in admin.get(page).text
