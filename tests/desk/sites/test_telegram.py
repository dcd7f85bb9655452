"""A site's Telegram bot and an editor's Telegram account, set up at the desk."""

import re

import pytest
from sqlalchemy import select

from moderation.models import Subscriber, TelegramAccount, TelegramBot
from moderation.services.notify.telegram_secrets import open_secrets
from tests.factories import NOON, PASSWORD
from tests.support.desk import let_confirmations_end, post
from tests.support.telegram import CHAT, TOKEN, telegram_of

FORM = {
    "name": "Newsroom", "secret": TOKEN, "chat": "", "mode": "polling", "lang": "en", "section": "Sport",
    "min_readers": "2", "quiet_from": "", "quiet_to": "", "time_zone": "Europe/Moscow", "is_on": "y",
    "password": PASSWORD,
}  # fmt: skip


@pytest.fixture
def telegram(app, monkeypatch):
    with telegram_of(app, monkeypatch) as running:
        yield running


def test_a_bot_is_added_changed_tested_and_removed(session, settings, admin, site, telegram):
    path = f"/desk/sites/{site.id}/integrations"
    added = post(admin, f"{path}/telegram", **FORM)
    bot = session.scalars(select(Subscriber)).one()
    assert added.location == f"{path}/{bot.id}" and bot.settings["username"] == "typos_bot"
    page = admin.get(added.location).text
    assert "No chat yet: add @typos_bot" in page and TOKEN not in page
    assert "@typos_bot" in admin.get(path).text and telegram.webhook["url"] == ""
    post(admin, added.location, **FORM | {"secret": "", "mode": "webhook", "chat": str(CHAT)})
    session.refresh(bot)
    secrets = open_secrets(settings.secret_keys, bot)
    assert (secrets.token, telegram.webhook["secret_token"]) == (TOKEN, secrets.secret)
    assert telegram.webhook["url"] == f"https://typos.example/api/v1/telegram/{bot.id}"
    for token, shown in ((TOKEN, "Connected: @typos_bot"), ("1:" + "y" * 30, "wrong or was revoked")):
        telegram.token = token
        assert post(admin, f"{added.location}/connection").location == added.location
        assert shown in admin.get(added.location).text
    telegram.token = TOKEN
    post(admin, f"{added.location}/remove")
    assert telegram.webhook["url"] == "" and session.scalars(select(TelegramBot)).all() == []


def test_a_stolen_session_leads_the_bot_to_no_other_chat(session, admin, site, telegram):
    path = f"/desk/sites/{site.id}/integrations"
    bot_path = post(admin, f"{path}/telegram", **FORM | {"chat": "-1"}).location
    let_confirmations_end(session)
    there = FORM | {"secret": "", "password": ""}
    assert post(admin, bot_path, **there | {"chat": str(CHAT)}).status_code == 403
    assert post(admin, bot_path, **there | {"chat": "-1", "name": "Desk"}).status_code == 302
    bot = session.scalars(select(Subscriber)).one()
    assert (bot.settings["chat"], bot.name) == (-1, "Desk")


def test_a_wrong_token_is_told_at_its_field(admin, site, telegram):
    answer = post(
        admin, f"/desk/sites/{site.id}/integrations/telegram", **FORM | {"secret": "999:" + "z" * 30}
    )
    assert answer.status_code == 422 and "wrong or was revoked" in answer.text


def test_an_editor_gets_a_code_once_and_only_after_confirming_who_it_is(session, admin, site, telegram):
    path = "/desk/account/telegram"
    assert "None of your sites has a Telegram bot yet" in admin.get(path).text
    post(admin, f"/desk/sites/{site.id}/integrations/telegram", **FORM)
    assert "Get a code" in admin.get(path).text
    shown = post(admin, path, password=PASSWORD).text
    code = re.search(r"/start ([a-z0-9]{12})", shown)[1]
    assert f"https://t.me/typos_bot?start={code}" in shown
    assert code not in admin.get(path).text
    account = session.scalars(select(TelegramAccount)).one()
    account.user_id, account.name, account.linked_at = 7, "Anna", NOON
    session.commit()
    assert 'data-ask="Unlink this Telegram account?' in admin.get(path).text
    assert post(admin, f"{path}/unlink").location == path
