"""Two factors are required: of everybody, or of everybody with access to a site."""

import re
from datetime import UTC, datetime

import pyotp
import pytest
from sqlalchemy import select

from moderation.models import AccountEvent, Instance
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.second_factor import has_second_factor, require_of_all
from moderation.services.accounts.tokens import add_token
from moderation.services.instance.secret_key import remember_first_key
from moderation.services.sites.add import InvalidSettings, change_site
from tests.factories import PASSWORD, EditorFactory
from tests.support.desk import csrf, post, sign_in
from tests.support.problems import assert_problem


def set_up(desk):
    """Turn two-factor authentication on by the pages."""
    page = desk.get("/desk/account/codes").text
    secret = re.search(r"secret=([A-Z2-7]{32})", page)[1]
    code = pyotp.TOTP(secret).at(datetime.now(UTC))
    form = {"csrf_token": csrf(page), "code": code, "password": PASSWORD}
    assert desk.post("/desk/account/codes", data=form).status_code == 200


@pytest.fixture
def owner(session, client):
    """A browser in which an owner with two factors is signed in."""
    remember_first_key(session, SecretKeys("s" * 32))
    sign_in(client, EditorFactory(is_owner=True).email)
    set_up(client)
    return client


def test_who_has_none_can_only_set_it_up_or_sign_out(app, session, desk, editor):
    token = add_token(session, editor, "T")
    headers = {"Authorization": f"Bearer {token}"}
    assert desk.get("/api/v1/cases", headers=headers).status_code == 200
    change_site(session, None, editor.memberships[0].site, two_factor_required=True)
    for path in ("/desk/queue", "/desk/account", "/desk/sites"):
        assert desk.get(path).location == "/desk/account/codes"
    page = desk.get("/desk/account/codes").text
    assert "required here" in page
    sent = desk.post("/desk/account/tokens", data={"csrf_token": csrf(page), "name": "x"})
    assert sent.status_code == 403
    assert_problem(desk.get("/api/v1/cases", headers=headers), 403, type="two-factor-required")

    set_up(desk)
    assert desk.get("/desk/queue").status_code == 200
    assert desk.get("/api/v1/cases", headers=headers).status_code == 200
    assert post(desk, "/desk/account/codes/off", password=PASSWORD).status_code == 403
    session.refresh(editor)
    assert has_second_factor(editor)


def test_an_owner_requires_it_of_everybody_and_it_is_recorded(app, session, owner, editor):
    assert post(owner, "/desk/two-factor-rule", required="yes").location == "/desk/sites"
    assert session.get(Instance, 1).two_factor_required
    what = session.scalars(select(AccountEvent.what).order_by(AccountEvent.id.desc())).first()
    assert what == "two_factor.required"
    assert owner.get("/desk/queue").status_code == 200
    other = app.test_client()
    sign_in(other, editor.email)
    assert other.get("/desk/queue").location == "/desk/account/codes"
    post(owner, "/desk/two-factor-rule", required="no")
    assert other.get("/desk/queue").status_code == 200


def test_who_requires_it_must_use_it(session, client, site):
    remember_first_key(session, SecretKeys("s" * 32))
    owner = EditorFactory(is_owner=True)
    sign_in(client, owner.email)
    assert post(client, "/desk/two-factor-rule", required="yes").status_code == 403
    with pytest.raises(InvalidSettings, match="your own profile"):
        change_site(session, owner, site, two_factor_required=True)


def test_an_owner_needs_it_where_any_site_requires_it(session, client, site):
    sign_in(client, EditorFactory(is_owner=True).email)
    change_site(session, None, site, two_factor_required=True)
    assert client.get("/desk/queue").location == "/desk/account/codes"


@pytest.mark.parametrize(("provider_checked", "password", "has"), [(True, None, True), (False, None, False)])
def test_an_account_with_sso_has_the_factor_that_its_provider_confirmed(
    session, provider_checked, password, has
):
    account = EditorFactory(password_hash=password, sso_two_factor=provider_checked)
    assert has_second_factor(account) is has
    account.password_hash = "a password beside it opens the account without the provider"
    assert not has_second_factor(account)
    with pytest.raises(PermissionError):
        require_of_all(session, account, True)
