"""Rules of a site assign cases and tell channels, at once or when the page was read."""

import pytest
from sqlalchemy import select

from moderation.domain.sites.routes import Route
from moderation.domain.sites.settings import SiteSettings
from moderation.models import Case, Delivery, Event, Page
from moderation.secret_keys import SecretKeys
from moderation.services.cases.assign import assign
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import list_cases
from moderation.services.cases.route_open import apply_to_open, count_assignable, take_back
from moderation.services.notify.event_data import case_of
from moderation.services.notify.wanted import wanted
from moderation.services.outbox.fan_out import fan_out
from moderation.services.recheck.run import Rechecker
from moderation.services.triage.place import place
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    SubscriberFactory,
)

TEXT = "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин. " * 3
DATA = '{"@type": "Article", "author": {"name": "%s"}, "articleSection": "%s"}'
HEAD = f'<script type="application/ld+json">{DATA}</script>'


@pytest.fixture
def site(web, session):
    return SiteFactory(origins=[web.url], operator_origins=[web.url], settings=SiteSettings(fetch_pause=0.1))


@pytest.fixture
def show(web):
    """Publishes the page with an author and a section."""

    def run(author="Анна Лебедева", section="Город"):
        head = HEAD % (author, section)
        web.pages["/a"] = f"<html><head>{head}</head><body><article><p>{TEXT}</p></article></body></html>"

    run()
    return run


@pytest.fixture
def route(session, site):
    """Gives the site these rules."""

    def run(*routes):
        site.settings = SiteSettings(fetch_pause=0.1, routes=[Route(**rule) for rule in routes])
        session.commit()

    return run


@pytest.fixture
def member(site):
    return EditorFactory(role="editor", role__site=site)


@pytest.fixture
def report(session, site, web):
    def run(exact="расказал"):
        place(session, [ReportFactory(site=site, url=f"{web.url}/a", exact=exact).id], NOON)
        session.commit()
        return session.scalars(select(Case).where(Case.exact == exact)).one()

    return run


@pytest.fixture
def read(sessions, session, fetcher):
    """Reads the page."""

    def run():
        for page in session.scalars(select(Page)):
            page.recheck_at_once(NOON)
        session.commit()
        Rechecker(sessions, fetcher, lambda: NOON, SecretKeys("s")).run()
        session.expire_all()

    return run


def test_a_case_is_assigned_when_its_page_was_read_and_the_next_one_at_once(
    show, route, member, report, read
):
    other = EditorFactory(is_owner=True)
    route(
        {"by": "section", "value": "спорт", "member": other.id},
        {"by": "author", "value": "анна лебедева", "member": member.id},
        {"by": "section", "value": "Город", "member": other.id},
    )
    case = report()
    assert case.assignee_id is None
    read()
    assert (case.assignee_id, case.assigned_by, case.page.section) == (member.id, "rule", "Город")
    assert report("сроках").assignee_id == member.id
    show(author="Другая", section="Спорт")
    read()
    assert case.assignee_id == other.id


def test_a_rule_never_changes_what_a_person_assigned_or_unassigned(
    session, show, route, member, report, read
):
    owner = EditorFactory(is_owner=True)
    route({"by": "section", "value": "Город", "member": member.id})
    first, second = report(), report("сроках")
    assign(session, owner, first.id, owner.id)
    assign(session, owner, second.id, None)
    read()
    assert (first.assignee_id, second.assignee_id) == (owner.id, None)


@pytest.mark.parametrize("role", ["viewer", None])
def test_a_member_who_cannot_decide_gets_nothing(site, show, route, report, read, role):
    someone = EditorFactory(role=role, role__site=site) if role else EditorFactory()
    route({"by": "section", "value": "Город", "member": someone.id})
    case = report()
    read()
    assert case.assignee_id is None


def test_a_channel_of_a_rule_hears_of_its_cases_only_and_once(session, site, show, route, report, read):
    settings = {"events": ["case.opened"], "section": "https://elsewhere.example/"}
    desk, other = (
        SubscriberFactory(site_id=site.id, kind="channel", settings=settings, hears=["case.opened"])
        for _ in range(2)
    )
    route(
        {"by": "section", "value": "Город", "channel": desk.id},
        {"by": "section", "value": "Спорт", "channel": other.id},
    )
    report()

    def heard(subscriber):
        fan_out(session)
        found = session.scalars(select(Delivery).where(Delivery.subscriber_id == subscriber.id)).all()
        told = [wanted(session, subscriber, [delivery.event]) for delivery in found]
        for delivery, is_told in zip(found, told, strict=True):
            delivery.result = delivery.result or ("sent" if is_told else "unneeded")
            delivery.done_at = NOON
        session.commit()
        return len([one for one in found if one.result == "sent"])

    assert (heard(desk), heard(other)) == (0, 0)  # the page was not read yet
    read()
    assert (heard(desk), heard(other)) == (1, 0)
    show(author="Другая")
    read()
    assert (heard(desk), heard(other)) == (1, 0)


def test_who_wants_some_sections_hears_of_a_new_page_when_it_was_read(session, site, show, report, read):
    def subscriber(section):
        settings = {"events": ["case.opened"], "section": section}
        return SubscriberFactory(site_id=site.id, kind="channel", settings=settings, hears=["case.opened"])

    wants, other, everything = subscriber("Спорт\n город "), subscriber("Спорт"), subscriber("")
    show()
    report()

    def heard():
        fan_out(session)
        for delivery in session.scalars(select(Delivery).where(Delivery.done_at.is_(None))).all():
            told = wanted(session, delivery.subscriber, [delivery.event])
            delivery.result, delivery.done_at = "sent" if told else "unneeded", NOON
        session.commit()
        sent = session.scalars(select(Delivery.subscriber_id).where(Delivery.result == "sent")).all()
        return [sent.count(one.id) for one in (wants, other, everything)]

    assert heard() == [0, 0, 1]
    read()
    assert heard() == [1, 0, 1]
    show(section="Спорт")
    read()
    assert heard() == [1, 1, 1]


def test_a_new_page_that_is_read_before_its_delivery_has_a_row_is_told_once(
    session, site, show, report, read
):
    settings = {"events": ["case.opened"], "section": "город"}
    SubscriberFactory(site_id=site.id, kind="channel", settings=settings, hears=["case.opened"])
    show()
    report()
    read()
    fan_out(session)
    assert len(session.scalars(select(Delivery)).all()) == 1


def test_a_member_can_hear_of_assigned_cases_only(session, site, show, route, member, report, read):
    mail = SubscriberFactory(
        site_id=site.id, kind="mail", editor_id=member.id, hears=["case.opened"],
        settings={"events": ["case.opened"], "assigned_only": True},
    )  # fmt: skip
    report()
    event = session.scalars(select(Event)).one()
    assert wanted(session, mail, [event]) == []
    route({"by": "author", "value": "Анна Лебедева", "member": member.id})
    read()
    assert case_of(session, event).assignee_id == member.id
    assert len(wanted(session, mail, [event])) == 1


def test_the_queue_by_section_and_author(session, member, show, report, read):
    case = report()
    read()
    for found, fields in (
        ([case], {"section": "ГОРОД"}), ([case], {"section": case.page.url[:-1]}), ([], {"section": "Спорт"}),
        ([case], {"author": "Анна Лебедева"}), ([], {"author": "Анна"}),
    ):  # fmt: skip
        assert list(list_cases(session, member, Filter(**fields)).items) == found


@pytest.fixture
def waiting(session, site):
    """Three open cases of a page in the section: free, assigned by a person, and unassigned by a person."""
    page = PageFactory(site_id=site.id, url=f"{site.origins[0]}/open", section="Город")
    cases = [CaseFactory(site=site, page=page, exact=f"слово{n}") for n in range(3)]
    owner = EditorFactory(is_owner=True)
    assign(session, owner, cases[1].id, owner.id)
    assign(session, owner, cases[2].id, None)
    return cases


def test_new_rules_are_applied_to_open_cases_when_asked_and_undone(session, site, waiting, route, member):
    admin, free = EditorFactory(role="admin", role__site=site), waiting[0]
    persons = [case.assignee_id for case in waiting[1:]]
    assert count_assignable(session, site) == 0
    route({"by": "section", "value": "Город", "member": member.id})
    assert count_assignable(session, site) == 1
    done = apply_to_open(session, admin, site)
    assert [(one.case, one.to, one.before) for one in done] == [(free.id, member.id, None)]
    assert (free.assignee_id, free.assigned_by, count_assignable(session, site)) == (member.id, "rule", 0)
    assert take_back(session, admin, site, done) == 1
    assert (free.assignee_id, free.assigned_by) == (None, None)
    assert [case.assignee_id for case in waiting[1:]] == persons


def test_an_undo_leaves_alone_what_a_person_did_since(session, site, waiting, route, member):
    admin, free = EditorFactory(role="admin", role__site=site), waiting[0]
    route({"by": "section", "value": "Город", "member": member.id})
    done = apply_to_open(session, admin, site)
    assign(session, admin, free.id, admin.id)
    assert take_back(session, admin, site, done) == 0
    assert free.assignee_id == admin.id
    assert take_back(session, admin, SiteFactory(), done) == 0, "nor cases of another site"
