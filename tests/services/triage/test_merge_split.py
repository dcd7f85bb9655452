import pytest
from sqlalchemy import select

from moderation.models import Case, Decision, Placement
from moderation.services.accounts.access import Forbidden
from moderation.services.cases.decide import decide, same_elsewhere
from moderation.services.cases.read import UnknownCase
from moderation.services.triage.merge_split import CannotRegroup, merge, split
from moderation.services.triage.place import place
from moderation.services.triage.undo_merge import merged_cases, undo_merge
from moderation.services.triage.withdraw import take_out, withdraw
from tests.factories import NOON, EditorFactory, ReportFactory, SiteFactory

TEXT = "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин."


@pytest.fixture
def send(session, site):
    def make(exact="расказал", **fields):
        at = TEXT.index(exact)
        quote = {"exact": exact, "prefix": TEXT[max(0, at - 64) : at], "suffix": TEXT[at + len(exact) :][:64]}
        made = ReportFactory(**{"site": site, "created_at": NOON, **quote, **fields})
        place(session, [made.id], NOON)
        session.commit()
        session.expire_all()
        return made

    return make


def case_of(session, report):
    session.expire_all()
    return session.get(
        Case, session.scalars(select(Placement.case_id).where(Placement.report_id == report.id)).one()
    )


class TestMerge:
    def test_all_reports_go_over_and_later_ones_follow(self, session, editor, send):
        first, second = send(), send("встрече")
        into = case_of(session, first)
        merged = merge(session, editor, case_of(session, second).id, into.id, NOON)
        assert (merged.id, merged.report_count, merged.reader_count) == (into.id, 2, 2)
        assert case_of(session, send("встрече")).id == into.id
        assert case_of(session, send("расказал")).id == into.id

    def test_it_is_undone_with_the_reports_that_came_with_it(self, session, editor, send):
        first, second = send(), send("встрече")
        left, into = case_of(session, second).id, case_of(session, first).id
        merge(session, editor, left, into, NOON)
        later = send("встрече", reader_hash=b"another reader!!")
        assert [case.id for case in merged_cases(session, session.get(Case, into))] == [left]
        case = undo_merge(session, editor, left, NOON)
        assert (case.status, case.exact, case.report_count, case.reader_count) == ("open", "встрече", 2, 2)
        assert (case.merged_into_id, session.get(Case, into).report_count) == (None, 1)
        assert case_of(session, second).id == case_of(session, later).id == left
        assert case_of(session, send("расказал")).id == into
        with pytest.raises(CannotRegroup, match="not merged"):
            undo_merge(session, editor, left, NOON)

    def test_the_empty_one_says_where_it_went(self, session, editor, send):
        first, second = send(), send("встрече")
        left, into = case_of(session, second).id, case_of(session, first).id
        merge(session, editor, left, into, NOON)
        case = session.get(Case, left)
        assert (case.status, case.report_count, case.merged_into_id) == ("rejected", 0, into)
        decision = session.scalars(select(Decision)).one()
        assert (decision.cause, decision.editor_id) == ("merged", editor.id)

    def test_a_case_without_reports_takes_none(self, session, editor, send):
        first, second = send(), send("встрече")
        empty, case = case_of(session, first).id, case_of(session, second).id
        withdraw(session, first.id, NOON)
        take_out(session, [first.id], NOON)
        session.commit()
        session.expire_all()
        with pytest.raises(CannotRegroup, match="no reports"):
            merge(session, editor, case, empty, NOON)
        session.rollback()
        assert case_of(session, second).status == "open"

    def test_what_cannot_be_merged(self, session, editor, send):
        case, other = case_of(session, send()), case_of(session, send(url="https://news.example/b"))
        with pytest.raises(CannotRegroup, match="itself"):
            merge(session, editor, case.id, case.id, NOON)
        with pytest.raises(CannotRegroup, match="different pages"):
            merge(session, editor, case.id, other.id, NOON)

    def test_only_who_decides_on_both_cases_merges_them(self, session, site, send):
        case, other = case_of(session, send()), case_of(session, send("встрече"))
        with pytest.raises(Forbidden):
            merge(session, EditorFactory(role="viewer", role__site=site), case.id, other.id, NOON)
        with pytest.raises(UnknownCase):
            merge(session, EditorFactory(role="admin", role__site=SiteFactory()), case.id, other.id, NOON)


class TestSplit:
    def test_some_reports_get_a_case_of_their_own_and_stay_there(self, session, editor, send):
        wide, narrow = send("сроках расказал на"), send()
        case = case_of(session, narrow)
        assert case.report_count == 2
        left, made = split(session, editor, case.id, [wide.id], NOON)
        assert (left.id, left.report_count, made.report_count) == (case.id, 1, 1)
        assert made.exact == "сроках расказал на"
        assert case_of(session, send("сроках расказал на")).id == made.id
        assert case_of(session, send()).id == case.id

    def test_one_of_two_equal_selections(self, session, editor, send):
        first, second = send(), send()
        _, made = split(session, editor, case_of(session, first).id, [second.id], NOON)
        assert case_of(session, second).id == made.id
        assert case_of(session, first).id != made.id

    def test_what_cannot_be_split(self, session, editor, send):
        report, other = send(), send("встрече")
        case = case_of(session, report)
        with pytest.raises(CannotRegroup, match="at least one"):
            split(session, editor, case.id, [report.id], NOON)
        with pytest.raises(CannotRegroup, match="not all"):
            split(session, editor, case.id, [other.id], NOON)


class TestElsewhere:
    def test_the_same_passage_on_other_pages(self, session, send):
        case = case_of(session, send())
        mobile = case_of(session, send(url="https://m.news.example/a"))
        send("встрече", url="https://m.news.example/a")
        send(site=SiteFactory())
        assert [found.id for found in same_elsewhere(session, case)] == [mobile.id]

    def test_they_are_decided_together_if_the_editor_wishes(self, session, editor, send):
        case = case_of(session, send(correction="рассказал"))
        mobile = case_of(session, send(url="https://m.news.example/a"))
        settled = case_of(session, send(url="https://print.news.example/a"))
        decide(session, editor, settled.id, "reject", version=settled.version, now=NOON)
        decided = decide(session, editor, case.id, "accept", version=case.version, now=NOON, everywhere=True)
        assert decided.twins == 1
        session.expire_all()
        assert (session.get(Case, mobile.id).status, session.get(Case, mobile.id).correction) == (
            "accepted",
            "рассказал",
        )
        assert session.get(Case, settled.id).status == "rejected"


class TestWithdraw:
    def take_back(self, session, report):
        withdraw(session, report.id, NOON)
        take_out(session, [report.id], NOON)
        session.commit()
        session.expire_all()

    def test_it_counts_no_more(self, session, send):
        stays, goes = send(correction="рассказал"), send(correction="поведал")
        self.take_back(session, goes)
        case = case_of(session, stays)
        assert (case.report_count, case.reader_count) == (1, 1)
        assert [(one.text, one.votes) for one in case.suggestions] == [("рассказал", 1)]

    def test_the_last_one_closes_the_case(self, session, send):
        report = send()
        case = case_of(session, report)
        self.take_back(session, report)
        assert (session.get(Case, case.id).status, session.get(Case, case.id).report_count) == ("rejected", 0)

    def test_twice_is_once(self, session, send):
        stays, goes = send(), send()
        self.take_back(session, goes)
        self.take_back(session, goes)
        assert case_of(session, stays).report_count == 1

    def test_before_triage_it_never_becomes_a_case(self, session, site):
        report = ReportFactory(site=site)
        withdraw(session, report.id, NOON)
        place(session, [report.id], NOON)
        assert session.scalars(select(Case)).all() == []
