"""Telegram with buttons, against a stand-in that speaks the documented Bot API."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.domain.sites.settings import SiteSettings
from moderation.models import (
    AccountEvent,
    Decision,
    Delivery,
    OutboxMessage,
    Subscriber,
    TelegramAccount,
    TelegramBot,
)
from moderation.services.accounts.disable import disable_editor
from moderation.services.accounts.telegram_link import make_code, telegram_of
from moderation.services.cases.decide import decide
from moderation.services.events import Fact, record
from moderation.services.notify.subscribers import InvalidSubscriber
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.notify.telegram_bots import BotSetup, save_bot
from moderation.services.notify.telegram_poll import Poller
from moderation.services.notify.telegram_updates import Updates
from moderation.services.outbox.deliveries import try_now
from moderation.services.pages.outbound import Outbound
from tests.factories import NOON, CaseFactory, EditorFactory, SiteFactory, SuggestionFactory
from tests.support.telegram import CHAT, TOKEN, run_telegram

ANNA, BORIS = 501, 502
SETTINGS = {
    "name": "Чат", "secret": TOKEN, "chat": str(CHAT), "mode": "polling", "lang": "en", "section": "",
    "min_readers": 1, "quiet_from": None, "quiet_to": None, "time_zone": "UTC",
}  # fmt: skip


@pytest.fixture
def telegram():
    with run_telegram() as running:
        yield running


@pytest.fixture
def api(telegram):
    return make_bot_api(Outbound(seconds=1), telegram.url)


@pytest.fixture
def add(session, site, key, api):
    def run(at=None, **settings):
        setup = BotSetup(api, key, "https://typos.example")
        owner = EditorFactory(is_owner=True)
        return save_bot(session, owner, at or site, None, setup, **(SETTINGS | settings))

    return run


@pytest.fixture
def send(dispatcher, telegram):
    """Sends what is due."""
    return lambda: dispatcher(api=telegram.url, seconds=1).run()


@pytest.fixture
def poll(sessions, api, key, clock):
    """Asks for pressed buttons and messages, once."""
    updates = Updates(sessions, api, key, "https://typos.example", clock, lambda _user: True)
    return Poller(sessions, updates, clock, wait_seconds=0).run


@pytest.fixture
def link(session, key, telegram, poll, clock):
    """Links an editor with a Telegram account, as people do it."""

    def run(editor, user):
        code = make_code(session, key, editor, clock())
        telegram.write(f"/start {code}", user)
        poll()
        session.expire_all()
        return editor

    return run


@pytest.fixture
def anna(site, link, add):
    add()
    return link(EditorFactory(role="editor", role__site=site, name="Анна"), ANNA)


@pytest.fixture
def case(session, site):
    made = CaseFactory(site=site, exact="<расказал>")
    SuggestionFactory(case_id=made.id, text="рассказал")
    return made


@pytest.fixture
def post(session, site, case, send, telegram):
    """Opens the case; returns the number of its message."""

    def run():
        record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
        session.commit()
        before = set(telegram.messages)
        send()
        [number] = set(telegram.messages) - before
        return number

    return run


def last(session, case):
    session.expire_all()
    return session.scalars(
        select(Decision).where(Decision.case_id == case.id).order_by(Decision.id.desc())
    ).first()


def test_a_case_is_posted_with_its_difference_and_a_press_decides_it_in_the_editors_name(
    session, telegram, anna, case, post, poll, send
):
    number = post()
    shown = telegram.shown(number)
    assert "<s>&lt;расказал&gt;</s> <u>рассказал</u>" in shown and "Accept | Reject…\nSpam\nOpen" in shown
    telegram.press(number, "Accept", ANNA)
    poll()
    decision = last(session, case)
    assert (decision.editor_id, decision.new_status, decision.correction) == (
        anna.id,
        "accepted",
        "рассказал",
    )
    assert telegram.answers[-1]["text"] == "Accepted: Анна"
    assert "<b>Accepted: Анна</b>\nUndo" in telegram.shown(number)
    send()  # the delivery finds that the message is up to date
    assert {row.result for row in session.scalars(select(Delivery))} == {"sent"}
    telegram.press(number, "Undo", ANNA)
    poll()
    assert last(session, case).new_status == "open" and "Accept | Reject…" in telegram.shown(number)


def test_reject_asks_for_a_reason_of_the_site(session, site, telegram, anna, case, post, poll):
    site.settings = SiteSettings(reject_reasons=["Мы пишем ё"])
    session.commit()
    number = post()
    telegram.press(number, "Reject…", ANNA)
    poll()
    assert last(session, case) is None and "No reason | Back" in telegram.shown(number)
    telegram.press(number, "Мы пишем ё", ANNA)
    poll()
    decision = last(session, case)
    assert (decision.new_status, decision.reason) == ("rejected", "Мы пишем ё")
    assert "Rejected: Анна" in telegram.shown(number) and "Мы пишем ё" in telegram.shown(number)


def test_the_message_follows_what_others_decide_and_an_old_button_says_so(
    session, telegram, anna, case, post, poll, send
):
    number = post()
    old = telegram.messages[number]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    boris = EditorFactory(is_owner=True, email="boris@news.example")
    decide(session, boris, case.id, "accept", version=case.version, now=NOON)
    send()
    assert "<b>Accepted: boris</b>" in telegram.shown(number)
    telegram.press_data(number, old, ANNA)
    poll()
    assert telegram.answers[-1] == {"text": "Already accepted: boris", "show_alert": True}
    decide(session, boris, case.id, "reopen", version=case.version, now=NOON)
    send()
    assert "Accept | Reject…" in telegram.shown(number)
    telegram.press_data(number, old, ANNA)  # of an earlier version
    poll()
    assert telegram.answers[-1]["text"].startswith("The case has changed")
    assert last(session, case).new_status == "open"


def test_rights_are_checked_at_each_press(session, site, telegram, anna, case, post, poll, link):
    number = post()
    viewer = EditorFactory(role="viewer", role__site=site)
    stranger = EditorFactory(role="admin", role__site=SiteFactory())
    for user, editor, answer in (
        (ANNA + 9, None, "Link your Telegram account first"),
        (BORIS, viewer, "Your role does not allow"),
        (BORIS + 1, stranger, "This case does not exist"),
    ):
        if editor is not None:
            link(editor, user)
        telegram.press(number, "Accept", user)
        poll()
        assert telegram.answers[-1]["text"].startswith(answer)
    disable_editor(session, anna, NOON)
    telegram.press(number, "Spam", ANNA)
    poll()
    assert telegram.answers[-1]["text"].startswith("Link your Telegram account first")
    assert last(session, case) is None


def test_a_button_of_another_sites_bot_or_with_forged_data_decides_nothing(
    session, telegram, anna, post, poll
):
    number = post()
    other = CaseFactory(site=SiteFactory())
    for data in (f"a:{other.id.hex}:1", "a:x:1", "x" * 64, "", f"a:{other.id.hex}:", f"q:{other.id.hex}:1"):
        telegram.press_data(number, data, ANNA)
    poll()
    assert session.scalars(select(Decision)).all() == [] and len(telegram.answers) == 6


def test_a_code_links_once_and_within_its_time(session, site, key, telegram, add, poll, clock):
    add()
    editor = EditorFactory(role="editor", role__site=site)
    code = make_code(session, key, editor, clock())
    telegram.write(f"/start {code}", ANNA, chat=CHAT)  # not in a group, where all can read it
    poll()
    assert telegram_of(session, editor) is None
    for text, user in ((f"/start {code}", ANNA), (f"/start {code}", BORIS), ("/start", BORIS)):
        telegram.write(text, user)
    poll()
    session.expire_all()
    assert telegram_of(session, editor).user_id == ANNA
    assert session.scalars(select(AccountEvent.what)).all() == ["telegram.linked"]
    said = [message["text"] for message in telegram.messages.values()]
    assert said[0].startswith("Linked: ") and said[1].startswith("This code is wrong")
    late = make_code(session, key, EditorFactory(), clock())
    clock.pass_(minutes=16)
    telegram.write(f"/start {late}", BORIS)
    poll()
    assert session.scalar(select(TelegramAccount.user_id).where(TelegramAccount.user_id == BORIS)) is None


def test_an_admin_chooses_the_chat_in_the_chat_and_nobody_else(
    session, site, telegram, add, poll, link, send, case
):
    bot = add(chat="")
    editor = link(EditorFactory(role="editor", role__site=site), ANNA)
    telegram.write("/here", ANNA, chat=CHAT)
    poll()
    session.refresh(bot)
    assert bot.settings["chat"] is None and editor is not None
    link(EditorFactory(role="admin", role__site=site), BORIS)
    telegram.write("/here@typos_bot", BORIS, chat=CHAT)
    poll()
    session.refresh(bot)
    assert bot.settings["chat"] == CHAT


class TestErrors:
    def delivery(self, session):
        session.expire_all()
        return session.scalars(select(Delivery).order_by(Delivery.id)).first()

    @pytest.fixture
    def opened(self, session, site, add, case):
        bot = add()
        record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
        session.commit()
        return bot

    def test_it_waits_as_long_as_telegram_asks(self, session, telegram, opened, send, clock):
        telegram.fail(429, "Too Many Requests: retry after 120", retry_after=120)
        send()
        assert telegram.messages == {}
        assert self.delivery(session).due_at >= clock() + timedelta(seconds=120)
        clock.pass_(seconds=121)
        send()
        assert len(telegram.messages) == 1

    @pytest.mark.parametrize(
        ("code", "why"),
        [
            (403, "Forbidden: bot was blocked by the user"),
            (400, "Bad Request: chat not found"),
            (401, "Unauthorized"),
        ],
    )
    def test_a_blocked_bot_pauses_at_once_and_the_admins_are_told(
        self, session, site, telegram, opened, send, clock, code, why
    ):
        admin = EditorFactory(role="admin", role__site=site)
        telegram.fail(code, why)
        send()
        session.refresh(opened)
        assert opened.paused_until > clock()
        told = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "subscriber.failing")).all()
        assert [one.subject_id for one in told] == [admin.id]
        try_now(session, opened, clock())
        send()
        session.refresh(opened)
        assert len(telegram.messages) == 1 and opened.paused_until is None

    def test_a_group_that_became_a_supergroup_is_followed(self, session, telegram, opened, send):
        telegram.chats.add(-42)
        telegram.fail(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-42
        )
        send()
        session.refresh(opened)
        assert opened.settings["chat"] == -42 and len(telegram.messages) == 1

    @pytest.mark.parametrize("action", ["accept", "reopen"])
    def test_a_deleted_message_is_replaced_only_if_the_case_is_open(
        self, session, telegram, opened, send, case, action
    ):
        send()
        owner = EditorFactory(is_owner=True)
        decide(session, owner, case.id, "accept", version=case.version, now=NOON)
        if action == "reopen":
            decide(session, owner, case.id, "reopen", version=case.version, now=NOON)
        telegram.messages.clear()
        send()
        assert len(telegram.messages) == (1 if action == "reopen" else 0)
        assert {row.result for row in session.scalars(select(Delivery))} <= {"sent", "unneeded"}

    def test_no_request_that_the_desk_lists_holds_the_token(self, session, telegram, opened, send):
        send()
        delivery = self.delivery(session)
        assert TOKEN not in f"{delivery.request} {delivery.answer} {json.dumps(opened.settings)}"
        assert TOKEN.encode() not in opened.sealed


class TestPolling:
    def test_one_worker_polls_a_bot_and_another_one_goes_on_when_it_died(
        self, session, telegram, add, poll, clock
    ):
        add()
        [bot] = session.scalars(select(TelegramBot))
        bot.poll_at = clock() + timedelta(minutes=1)  # another worker's lease
        session.commit()
        telegram.write("/start", ANNA)
        assert poll() == 0
        clock.pass_(minutes=2)
        assert poll() == 1
        assert poll() == 0

    def test_a_webhook_that_was_set_elsewhere_is_ended(self, session, telegram, add, poll, clock):
        add()
        telegram.webhook = {"url": "https://elsewhere.example/"}
        telegram.write("/start", ANNA)
        assert poll() == 0
        [bot] = session.scalars(select(TelegramBot))
        session.refresh(bot)
        assert "webhook is active" in bot.poll_error and telegram.webhook["url"] == ""
        clock.pass_(minutes=1)
        assert poll() == 1
        session.refresh(bot)
        assert bot.poll_error is None

    def test_an_update_of_an_unknown_shape_is_passed_over(self, telegram, add, poll):
        add()
        telegram.write("/start", ANNA)["message"]["from"] = "nobody"
        telegram.write("/start", ANNA)
        assert poll() == 2
        assert len(telegram.messages) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"secret": "123456:" + "x" * 30}, "secret"), ({"secret": "abc"}, "secret"),
        ({"secret": ""}, "secret"), ({"chat": "news"}, "chat"), ({"time_zone": "Mars"}, "time_zone"),
    ],
)  # fmt: skip
def test_a_bot_that_cannot_work_is_refused_at_its_field(session, add, changed, field):
    with pytest.raises(InvalidSubscriber) as refused:
        add(**changed)
    assert refused.value.field == field
    session.rollback()
    assert session.scalars(select(Subscriber)).all() == []


def test_one_bot_serves_one_site(session, add):
    add()
    with pytest.raises(InvalidSubscriber):
        add(at=SiteFactory())
