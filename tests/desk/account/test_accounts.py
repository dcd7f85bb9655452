"""Owners shut an account out at the desk."""

import pytest
from sqlalchemy import select

from moderation.models import DeskSession, Editor, ServerKey, Token
from moderation.services.accounts import administer
from moderation.services.accounts.access import NotOwner
from moderation.services.accounts.tokens import add_token
from moderation.services.sites.server_keys import add_server_key
from tests.factories import NOON, EditorFactory
from tests.support.desk import post, sign_in

PAGE = "/desk/accounts"


@pytest.fixture
def owner(client, session):
    owner = EditorFactory(is_owner=True)
    sign_in(client, owner.email)
    return owner


@pytest.fixture
def left(app, session, site):
    """An admin with a session, a token and a server key."""
    editor = EditorFactory(role="admin", role__site=site, name="Анна")
    browser = app.test_client()
    sign_in(browser, editor.email)
    add_token(session, editor, "CMS")
    add_server_key(session, editor, site, "shop")
    return editor, browser


def test_a_disabled_account_is_out_at_once_and_comes_back(client, session, owner, left):
    editor, browser = left
    assert "1 API token" in client.get(PAGE, headers={"Accept-Language": "en"}).text
    post(client, f"{PAGE}/{editor.id}/disable", page=PAGE)
    assert browser.get("/desk/queue").status_code == 302
    assert sign_in(browser, editor.email).status_code == 403
    for ways in (
        select(Token),
        select(ServerKey),
        select(DeskSession).where(DeskSession.editor_id == editor.id),
    ):
        assert session.scalars(ways).all() == []
    post(client, f"{PAGE}/{editor.id}/enable", page=PAGE)
    assert sign_in(browser, editor.email).status_code == 302


def test_sessions_and_tokens_are_ended_and_the_account_stays(client, session, owner, left):
    editor, browser = left
    page = client.get(PAGE, headers={"Accept-Language": "en"}).text
    assert 'data-ask="End the sessions and API tokens of Анна?' in page
    post(client, f"{PAGE}/{editor.id}/end", page=PAGE)
    assert browser.get("/desk/queue").status_code == 302
    assert session.scalars(select(Token)).all() == []
    assert sign_in(browser, editor.email).status_code == 302


def test_owners_do_not_shut_themselves_out(client, session, owner):
    assert post(client, f"{PAGE}/{owner.id}/disable", page=PAGE).status_code == 409
    session.expire_all()
    assert session.get_one(Editor, owner.id).disabled_at is None


def test_a_search_finds_an_address_or_a_name(client, session, owner, left):
    editor, _browser = left
    assert editor.email in client.get(f"{PAGE}?q=анн").text
    assert editor.email not in client.get(f"{PAGE}?q=100%25").text


def test_of_two_owners_who_disable_each_other_at_once_one_is_left(session, sessions):
    first, second = EditorFactory(is_owner=True), EditorFactory(is_owner=True)
    with sessions() as others:
        administer.disable(others, others.get_one(Editor, first.id), second.id, NOON)
    with pytest.raises(NotOwner):  # the request was let in before
        administer.disable(session, second, first.id, NOON)
    session.rollback()
    assert session.get_one(Editor, first.id, populate_existing=True).disabled_at is None
