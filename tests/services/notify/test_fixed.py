"""The mail to a reader whose mistake is fixed."""

from datetime import timedelta

import pytest
from msgspec import structs
from sqlalchemy import func, select, update

from moderation.models import FixNotice, OutboxMessage, Site, Tally
from moderation.secret_keys import SecretKeys
from moderation.services.cases.retention import run_retention
from moderation.services.cases.step import Step, apply_step
from moderation.services.intake import fix_notices
from moderation.services.notify.mail import Mailer
from moderation.services.outbox.deliver import Deliverer
from tests.factories import NOON, CaseFactory, ReportFactory, SiteFactory, place_in
from tests.support.mailbox import text_of
from tests.support.report_form import count

KEY = SecretKeys("k" * 40)
ADDRESS = "anna@mail.example"


@pytest.fixture
def case(session):
    """An open case of a reader who asked for the mail, in Russian."""
    site = SiteFactory(name="Город")
    site.settings = structs.replace(site.settings, fix_mail=True)
    case, report = CaseFactory(site=site), ReportFactory(site=site)
    place_in(session, report, case)
    fix_notices.ask(session, KEY, report.id, ADDRESS, "ru")
    session.execute(update(FixNotice).values(created_at=NOON))
    session.commit()
    return case


@pytest.fixture
def step(session, case):
    def do(action, **options):
        apply_step(session, case, Step(action=action, **options), now=NOON)
        session.commit()

    return do


@pytest.fixture
def deliver(session, sessions, box):
    """Deliver what the outbox holds after the time for an undo; answers how many messages are done."""

    def run(now=NOON):
        session.execute(update(OutboxMessage).values(due_at=func.now()))
        session.commit()
        mailer = Mailer(box.url, "typos@news.example", "https://typos.example", KEY)
        return Deliverer(sessions, mailer, lambda: now, build="1").deliver_due()

    return run


def test_one_mail_in_the_readers_language_although_it_is_fixed_twice(session, case, step, deliver, box):
    step("accept", correction="рассказал")
    assert deliver() == 0
    step("fix")
    step("reopen")
    assert deliver() == 1 and box.letters == []
    step("fix", correction="рассказал")
    assert deliver() == 1
    [letter] = box.letters
    content = text_of(letter)
    assert letter["To"] == ADDRESS and "Город" in content
    assert "О новых сроках рассказал на встрече" in content
    assert case.page.url + "#:~:text=" in content
    assert count(session, FixNotice) == 0
    step("reopen")
    step("fix")
    assert deliver() == 0 and len(box.letters) == 1


def told(session):
    return session.scalar(select(func.sum(Tally.count)).where(Tally.figure == "told"))


def test_only_a_mail_that_was_sent_counts_as_told(session, sessions, case, step, deliver, box):
    step("fix")
    step("reopen")
    assert deliver() == 1 and told(session) is None
    step("fix")
    box.refuse_recipient = "451 Later"
    assert deliver() == 0 and told(session) is None
    box.refuse_recipient = None
    assert deliver() == 1 and len(box.letters) == 1
    [row] = session.query(Tally).filter_by(figure="told")
    assert (row.site_id, row.day, row.count) == (case.site_id, NOON.date(), 1)


def test_without_a_mail_server_nobody_was_told(session, sessions, case, step):
    step("fix")
    session.execute(update(OutboxMessage).values(due_at=func.now()))
    session.commit()
    mailer = Mailer("", "typos@news.example", "https://typos.example", KEY)
    assert Deliverer(sessions, mailer, lambda: NOON, build="1").deliver_due() == 1
    assert told(session) is None


def test_a_stranger_writes_no_mail_with_a_passage_that_was_never_on_the_page(
    session, case, step, deliver, box
):
    case.exact, case.prefix = "buy at spam.example", "Today "
    step("fix", cause="seen_mended", detail="as_suggested")
    case.mended_text = "what the page says all the time"
    assert deliver() == 1
    content = text_of(box.letters[0])
    assert "spam" not in content and case.page.url in content and "#:~:" not in content


def test_an_address_is_deleted_after_sixty_days_and_when_the_site_stops_offering(
    session, sessions, case, step, deliver, box
):
    step("fix")
    assert deliver(NOON + fix_notices.KEPT) == 1 and box.letters == []
    run_retention(sessions, NOON + fix_notices.KEPT - timedelta(seconds=1))
    assert count(session, FixNotice) == 1
    run_retention(sessions, NOON + fix_notices.KEPT)
    assert count(session, FixNotice) == 0


def test_a_site_that_stops_offering_sends_nothing_and_keeps_nothing(
    session, sessions, case, step, deliver, box
):
    step("fix")
    site = session.get_one(Site, case.site_id)
    site.settings = structs.replace(site.settings, fix_mail=False)
    session.commit()
    assert deliver() == 1 and box.letters == []
    run_retention(sessions, NOON)
    assert count(session, FixNotice) == 0


@pytest.mark.parametrize(("answer", "left"), [("550 No such user anna@mail.example", 0), ("451 Later", 1)])
def test_a_refused_address_is_forgotten_and_never_written_down(
    session, case, step, deliver, box, answer, left
):
    box.refuse_recipient = answer
    step("fix")
    assert deliver() == 1 - left
    assert count(session, FixNotice) == left
    message = session.query(OutboxMessage).filter_by(topic=fix_notices.TOPIC).one()
    assert "anna" not in (message.error or "")
