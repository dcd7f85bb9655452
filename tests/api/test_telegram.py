"""The webhook of a bot: its secret, and what it does with updates."""

import json

import pytest

from moderation.secret_keys import SecretKeys
from moderation.services.notify.telegram_secrets import KIND, open_secrets, seal_token
from tests.factories import SubscriberFactory, TelegramAccountFactory
from tests.support.telegram import TOKEN, telegram_of

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def bot(session, site, settings):
    """A bot of the site that gets its updates here."""
    made = SubscriberFactory(site=site, kind=KIND, settings={"mode": "webhook", "chat": -1, "lang": "en"})
    seal_token(settings.secret_keys, made, "1:" + "x" * 30)
    session.commit()
    return made


@pytest.fixture
def send(client, bot):
    def run(body, secret, id_=None):
        headers = {HEADER: secret, "Content-Type": "application/json"}
        return client.post(f"/api/v1/telegram/{id_ or bot.id}", data=body, headers=headers).status_code

    return run


def test_only_telegram_knows_the_secret_and_what_it_cannot_mean_is_accepted(
    session, site, send, bot, settings
):
    secret = open_secrets(settings.secret_keys, bot).secret
    update = json.dumps({"update_id": 1, "message": {"message_id": 1, "chat": {"id": 7}, "text": "hello"}})
    assert [send(update, wrong) for wrong in ("", "x", secret[:-1], "ы")] == [403] * 4
    assert send(update, secret, site.id) == 403
    assert [send(body, secret) for body in (update, "", "[]", '{"update_id": "x"}', "\xff")] == [204] * 5
    assert send(" " * 200_000, secret) == 413
    bot.settings = {**bot.settings, "mode": "polling"}
    session.commit()
    assert send(update, secret) == 403
    seal_token(SecretKeys("another key " * 4), bot, "1:" + "x" * 30)
    session.commit()
    assert send(update, "") == 403


def test_a_press_that_comes_by_the_webhook_decides_the_case(
    app, monkeypatch, session, case, editor, send, bot, settings
):
    TelegramAccountFactory(editor=editor, user_id=7)
    with telegram_of(app, monkeypatch) as telegram:
        seal_token(settings.secret_keys, bot, TOKEN)
        session.commit()
        update = telegram.press_data(1, f"s:{case.id.hex}:1", 7)
        assert send(json.dumps(update), open_secrets(settings.secret_keys, bot).secret) == 204
        assert [answer["text"] for answer in telegram.answers] == [f"Spam: {editor.email.split('@')[0]}"]
    session.refresh(case)
    assert case.status == "spam"
