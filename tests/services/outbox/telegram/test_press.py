from datetime import timedelta

from msgspec import structs
from sqlalchemy import select

from moderation.domain.sites.settings import SiteSettings
from moderation.models import (
    AccountEvent,
    Decision,
    Delivery,
    Subscriber,
    TelegramAccount,
)
from moderation.services.accounts.disable import disable_editor
from moderation.services.accounts.telegram_link import make_code, telegram_of
from moderation.services.cases.decide import decide
from moderation.services.cases.step import merge_away
from moderation.services.events import Fact, record
from tests.factories import NOON, CaseFactory, EditorFactory, SiteFactory
from tests.support.telegram import CHAT
from tests.support.telegram_bot import ANNA, BORIS, last


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


def test_a_merged_case_names_who_merged_it_and_is_not_called_rejected(
    session, site, telegram, anna, case, post, poll, send
):
    number = post()
    old = telegram.messages[number]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    boris = EditorFactory(is_owner=True, email="boris@news.example")
    merge_away(session, case, CaseFactory(site=site, page=case.page), by=boris.id, now=NOON)
    session.commit()
    send()
    assert "<b>Merged: boris</b>" in telegram.shown(number)
    telegram.press_data(number, old, ANNA)
    poll()
    assert telegram.answers[-1]["text"] == "Already merged: boris"


def test_in_quiet_hours_the_message_changes_but_no_new_one_comes(
    session, site, telegram, anna, case, post, send, clock
):
    number = post()
    [bot], before = session.scalars(select(Subscriber)).all(), set(telegram.messages)
    clock.time = clock.time.replace(hour=3) + timedelta(days=1)
    bot.settings = {**bot.settings, "quiet_from": 1, "quiet_to": 6, "time_zone": "UTC"}
    decide(session, anna, case.id, "accept", version=case.version, now=NOON)
    other = CaseFactory(site=site)
    record(session, site.id, [Fact("case.opened", other.id, other.id)], NOON)
    session.commit()
    send()
    assert "<b>Accepted: Анна</b>" in telegram.shown(number)
    assert set(telegram.messages) == before
    clock.pass_(hours=4)
    send()
    assert len(set(telegram.messages) - before) == 1


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
    site.settings = structs.replace(site.settings, two_factor_required=True)
    session.commit()
    telegram.write("/here", BORIS, chat=CHAT - 1)
    poll()
    session.refresh(bot)
    assert bot.settings["chat"] == CHAT, "an account without the required second factor does not choose"
