"""The demo's newspaper: a month of reports and decisions, and removing it."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from moderation.models import Case, Decision, Editor, Placement, Report, Site
from moderation.services.instance.demo import demo_site_key, remove_demo, seed_demo
from moderation.services.instance.newspaper import ARTICLES
from tests.factories import SiteFactory

pytestmark = pytest.mark.slow

BASE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_an_article_shows_each_typo_with_the_context_that_readers_sent(article):
    shown = " ".join(text for _kind, text in article.shown())
    assert "{" not in shown and "|" not in shown
    for mistake in article.mistakes():
        assert mistake.wrong != mistake.right
        assert mistake.wrong + mistake.suffix[:5] in shown or mistake.right + mistake.suffix[:5] in shown


def test_each_typo_and_each_false_alarm_is_one_case_and_the_cases_are_in_every_state(session, demo):
    reported = sum(len(list(article.mistakes())) + len(article.false_alarms) for article in ARTICLES)
    statuses = Counter(session.scalars(select(Case.status)))
    assert reported >= 40 and sum(statuses.values()) == reported
    assert set(statuses) == {"open", "accepted", "rejected", "spam", "fixed"}
    assert session.scalar(select(func.count(Placement.report_id))) == session.scalar(
        select(func.count(Report.id))
    )
    causes = set(session.scalars(select(Decision.cause)))
    assert causes == {"editor", "merged", "seen_mended", "back_on_page"}
    disputed = session.scalars(select(Case).where(Case.exact == "there")).one()
    assert {one.text for one in disputed.suggestions} == {"their", "its"}
    pairs = Counter(session.scalars(select(Case.pair).where(Case.status == "open", Case.pair.is_not(None))))
    assert sorted(pairs.values())[-2:] == [2, 2]
    names = set(session.scalars(select(Editor.name).join(Decision, Decision.editor_id == Editor.id)))
    assert names == {"Вера Лугова", "Maud Ferris"}


def test_removing_the_demo_leaves_the_rest_and_it_does_not_come_back(session, sessions, demo):
    other = SiteFactory()
    session.commit()
    assert remove_demo(sessions) and not remove_demo(sessions)
    session.expire_all()
    assert session.scalars(select(Site.id)).all() == [other.id]
    assert session.scalars(select(Editor.is_owner)).all() == [True]
    assert seed_demo(session, BASE) is None and demo_site_key(session) is None
