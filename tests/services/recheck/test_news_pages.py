"""Generated news pages with planted mistakes, which editors correct one after the other.

NEWS_SEEDS=200 tries more pages than the few of every run.
"""

import os
import re
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from moderation.domain.sites.settings import SiteSettings
from moderation.domain.text.page_text import read_content
from moderation.models import Case, Placement
from moderation.secret_keys import SecretKeys
from moderation.services.recheck.run import Rechecker
from moderation.services.triage.place import place
from tests.factories import NOON, ReportFactory, SiteFactory
from tests.support.news_pages import news_page
from tests.support.news_pages.shown import as_shown

pytestmark = pytest.mark.slow

SEEDS = range(int(os.environ.get("NEWS_SEEDS", "9")))
MISTAKES = 5
_WORD = re.compile(r"\b[^\W\d_]{6,}\b")
_PARAGRAPH = re.compile(r"<p>[^<]{40,}</p>")


def plant(markup, random):
    """Swap two letters in words that stand once on the page. Returns the markup and {wrong: right}."""
    words = {}
    candidates = sorted(set(_WORD.findall(read_content(as_shown(markup)).text)))
    for word in random.sample(candidates, len(candidates)):
        wrong = word[:2] + word[3] + word[2] + word[4:]
        if markup.count(word) != 1 or word[2] == word[3] or wrong in markup:
            continue
        planted = markup.replace(word, wrong)
        if re.findall(rf"\b{wrong}\b", read_content(as_shown(planted)).text) == [wrong]:
            markup, words[wrong] = planted, word
        if len(words) == MISTAKES:
            break
    return markup, words


def quote_of(markup, wrong):
    """Return what the widget sends for a word."""
    text = read_content(as_shown(markup)).text
    at = text.index(wrong)
    end = at + len(wrong)
    return {
        "exact": wrong,
        "prefix": text[max(0, at - 64) : at],
        "suffix": text[end : end + 64],
        "start": at,
        "end": end,
    }


def without_a_paragraph(markup, words, random):
    """Remove a paragraph that has no mistake."""
    found = [one[0] for one in _PARAGRAPH.finditer(markup) if not any(wrong in one[0] for wrong in words)]
    return markup.replace(random.choice(found), "", 1) if found else markup


@pytest.fixture
def site(web):
    return SiteFactory(origins=[web.url], operator_origins=[web.url], settings=SiteSettings(fetch_pause=0.1))


@pytest.fixture
def report(session, site, web):
    """Reports each word of the page, and returns the id of the case of each word."""

    def run(markup, words):
        cases = {}
        for wrong in words:
            quote = quote_of(markup, wrong)
            placed = ReportFactory(site=site, url=f"{web.url}/news", created_at=NOON, **quote)
            place(session, [placed.id], NOON)
            cases[wrong] = session.get(Placement, placed.id).case_id
            session.commit()
        return cases

    return run


@pytest.fixture
def read_page(session, sessions, web, fetcher):
    """Publishes the content, reads the page some minutes later, and returns the case of each word."""

    def run(cases, content, minutes):
        web.pages["/news"] = content
        now = NOON + timedelta(minutes=minutes)
        for page in {case.page for case in session.scalars(select(Case))}:
            page.recheck_at_once(now)
        session.commit()
        Rechecker(sessions, fetcher, lambda: now, SecretKeys("s")).run()
        session.expire_all()
        return {wrong: session.get(Case, case_id) for wrong, case_id in cases.items()}

    return run


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mistake_is_found_stays_open_while_it_stands_and_closes_when_it_is_mended(report, read_page, seed):
    random = Random(seed)
    markup, words = plant(news_page(seed), random)
    assert len(words) >= 2
    cases = report(markup, words)
    assert len(set(cases.values())) == len(words)

    read = read_page(cases, markup, 1)
    assert {case.state for case in read.values()} == {"found"}
    assert all(wrong in case.exact for wrong, case in read.items())

    markup = without_a_paragraph(markup, words, random)
    assert {case.status for case in read_page(cases, markup, 10).values()} == {"open"}

    mended = set(list(words)[::2])
    for wrong in mended:
        markup = markup.replace(wrong, words[wrong])
    read = read_page(cases, markup, 20)
    assert {wrong for wrong, case in read.items() if case.status == "fixed"} == mended

    for wrong, right in words.items():
        markup = markup.replace(wrong, right)
    assert {case.status for case in read_page(cases, markup, 30).values()} == {"fixed"}
