from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.domain.sites.settings import SiteSettings
from moderation.models import Case
from moderation.services.cases.decide import decide
from moderation.services.cases.spam_model import SpamModel
from moderation.services.triage.place import place
from tests.factories import NOON, EditorFactory, ReportFactory, SiteFactory

TEXT = "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин."


@pytest.fixture
def send(session, site):
    def make(exact="расказал", now=NOON, text=TEXT, **fields):
        at = text.index(exact)
        quote = {"exact": exact, "prefix": text[max(0, at - 64) : at], "suffix": text[at + len(exact) :][:64]}
        made = ReportFactory(**{"site": site, "created_at": now, **quote, **fields})
        place(session, [made.id], now)
        session.commit()
        session.expire_all()
        return session.scalars(select(Case).order_by(Case.last_reported_at.desc(), Case.id.desc())).first()

    return make


@pytest.fixture
def act(session, site):
    editor = EditorFactory(role="editor", role__site=site)

    def run(case, action):
        decide(session, editor, case.id, action, version=case.version, now=NOON + timedelta(hours=1))

    return run


class TestSpeller:
    def test_it_speaks_where_no_reader_did(self, send):
        [suggestion] = send().suggestions
        assert (suggestion.text, suggestion.source) == ("рассказал", "speller")
        assert suggestion.confidence >= 0.9

    def test_and_is_silent_once_one_does(self, send):
        send()
        assert [(one.text, one.source) for one in send(correction="поведал").suggestions] == [
            ("поведал", "reader")
        ]

    def test_below_the_sites_threshold_nothing_is_shown(self, session, site, send):
        site.settings = SiteSettings(suggestion_threshold=1.0)
        session.commit()
        assert send().suggestions == []

    def test_the_sites_own_words_are_never_flagged(self, session, site, send):
        site.settings = SiteSettings(word_list=["Расказал"])
        session.commit()
        assert send().suggestions == []


class TestSpam:
    def test_a_link_and_a_flood_open_in_the_spam_list_with_reasons(self, send):
        for number in range(60):
            send(reader_hash=b"f" * 16, url=f"https://news.example/{number}")
        case = send(
            reader_hash=b"f" * 16, url="https://news.example/x", comment="Buy at http://pills.example"
        )
        assert case.status == "spam"
        assert case.spam_score >= 0.8
        assert case.spam_reasons == ["links", "flood"]

    def test_one_honest_reader_is_enough(self, send):
        case = send(comment="see www.pills.example aaaaaaaa bbbbbbb zzzzzzz")
        assert case.spam_score > 0.7
        assert send(correction="рассказал").spam_score < 0.1

    def test_an_ordinary_report_is_none(self, send):
        assert send(correction="рассказал", comment="Две буквы «с»").spam_score == 0.0

    def test_editors_teach_it(self, session, site, send, act):
        for number in range(6):
            case = send(url=f"https://news.example/s{number}", comment="дешёвые чемоданы оптом")
            if case.status == "open":  # it learns fast
                act(case, "spam")
            act(send(url=f"https://news.example/h{number}", comment="пропущена буква, проверьте"), "accept")

        def score(site, text):
            return SpamModel.load(session, site.id, [text]).score(text)

        assert score(site, "чемоданы оптом") > 0.9
        assert score(site, "пропущена буква") < 0.1
        assert score(SiteFactory(), "чемоданы оптом") == 0.5
        case = send(url="https://news.example/new", comment="чемоданы оптом")
        assert case.spam_reasons == ["learned"] and case.status == "spam"


class TestInsisting:
    @pytest.mark.parametrize("action", ["reject", "spam"])
    def test_enough_new_readers_reopen_it(self, send, act, action):
        act(send(), action)
        later = NOON + timedelta(hours=2)
        for _ in range(2):
            assert send(now=later).status in ("rejected", "spam")
        assert send(now=later).status == "open"

    def test_the_same_reader_again_does_not(self, send, act):
        act(send(), "reject")
        for _ in range(5):
            case = send(now=NOON + timedelta(hours=2), reader_hash=b"same reader 1234")
        assert case.status == "rejected"

    def test_the_site_says_how_many(self, session, site, send, act):
        site.settings = SiteSettings(insisting_readers=1)
        session.commit()
        act(send(), "reject")
        assert send(now=NOON + timedelta(hours=2)).status == "open"


class TestPriority:
    def test_more_readers_come_first_and_it_says_why(self, send):
        one = send("встрече", correction="встречи")
        many = [send(correction="рассказал") for _ in range(4)][-1]
        assert many.priority > one.priority
        assert many.priority_reasons[0].startswith("readers:")

    def test_fresh_ones_come_before_old_ones(self, send):
        old = send(url="https://news.example/old").priority
        assert send(now=NOON + timedelta(days=2), url="https://news.example/new").priority == pytest.approx(
            old + 2
        )
