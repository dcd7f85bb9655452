import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from moderation.models import Case, Delivery, OutboxMessage
from moderation.services.cases.decide import decide
from moderation.services.events import Fact, record
from moderation.services.outbox.deliveries import try_now
from tests.factories import NOON, EditorFactory
from tests.support.telegram import TOKEN


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

    def test_a_case_that_is_deleted_while_its_message_is_sent_is_sent_once(
        self, session, sessions, telegram, opened, send, case
    ):
        def delete_case():
            with sessions() as other:
                other.execute(delete(Case).where(Case.id == case.id))
                other.commit()

        telegram.on_sent = delete_case
        send()
        send()
        assert len(telegram.messages) == 1
        assert self.delivery(session).result == "sent"

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
