import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from moderation.models import Invitation, Site
from moderation.services.insight.tally import tally_due
from tests.factories import CaseFactory, EditorFactory, ReportFactory, SiteFactory
from tests.support.desk import csrf, sign_in


@pytest.fixture
def admin(client, site):
    """A browser in which an admin of the site is signed in."""
    sign_in(client, EditorFactory(role="admin", role__site=site).email)
    return client


def post(client, path, page=None, **form):
    """Send a form of a page."""
    return client.post(path, data={"csrf_token": csrf(client.get(page or "/desk/account").text), **form})


SETTINGS = {
    "name": "Город", "origins": "https://a.example\r\n\r\nhttps://*.b.example", "spam_threshold": "0.7",
    "suggestion_threshold": "0.8", "insisting_readers": "5", "keep_days": "365", "known_passages": "y",
    "word_list": "Гугл\nЯндекс", "reject_reasons": "Это цитата", "cms_link": "https://cms.example/{last}",
    "blocked_words": "казино", "blocked_readers": "", "ground_rules": "Мы пишем ё", "article_root": ".text",
}  # fmt: skip


class TestSettings:
    def test_everything_is_saved_and_shown(self, session, admin, site):
        path = f"/desk/sites/{site.id}"
        assert post(admin, path, path, **SETTINGS).location == path
        session.refresh(site)
        assert (site.name, site.origins) == ("Город", ["https://*.b.example", "https://a.example"])
        kept = site.settings
        assert (kept.known_passages, kept.proof_of_work, kept.word_list) == (True, False, ["Гугл", "Яндекс"])
        assert (kept.spam_threshold, kept.keep_days, kept.article_root) == (0.7, 365, ".text")
        page = admin.get(path).text
        for shown in ("Мы пишем ё", "https://cms.example/{last}", "Гугл\nЯндекс", "Это цитата"):
            assert shown in page
        assert "word_list" in admin.get(f"{path}/audit").text

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"name": ""}, "required"), ({"name": "Занято"}, "This name is already taken."),
            ({"origins": "ftp://x"}, "ftp://x"), ({"keep_days": "-1"}, "between 0"),
            ({"spam_threshold": "much"}, "Not a valid"), ({"cms_link": "javascript:x"}, "cms_link"),
            ({"blocked_readers": "anna"}, "blocked_readers"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_told_and_keeps_what_was_typed(self, session, admin, site, wrong, words):
        SiteFactory(name="Занято")
        path = f"/desk/sites/{site.id}"
        answer = post(admin, path, path, **(SETTINGS | wrong))
        assert answer.status_code == 422 and words in answer.text
        assert "Мы пишем ё" in answer.text
        session.refresh(site)
        assert site.settings.ground_rules == ""

    def test_a_long_word_list_is_no_flood(self, session, admin, site):
        words = "\n".join(f"Словечко{number}" for number in range(3000))
        path = f"/desk/sites/{site.id}"
        assert post(admin, path, path, **(SETTINGS | {"word_list": words})).status_code == 302
        session.refresh(site)
        assert len(site.settings.word_list) == 3000
        flood = post(admin, path, path, **(SETTINGS | {"word_list": words * 10}))
        assert flood.status_code == 413

    def test_the_cms_and_the_reasons_are_at_the_case(self, session, admin, site, case):
        path = f"/desk/sites/{site.id}"
        post(admin, path, path, **SETTINGS)
        page = admin.get(f"/desk/cases/{case.id}").text
        assert f"https://cms.example/{case.page.url.rpartition('/')[2]}" in page
        assert '<option value="Это цитата">' in page and "#:~:text=" in page


def test_an_owner_adds_a_site_and_gets_its_snippet(client, session):
    sign_in(client, EditorFactory(is_owner=True).email)
    wrong = post(client, "/desk/sites", name="N", origins="news")
    assert wrong.status_code == 422 and "news" in wrong.text
    made = post(client, "/desk/sites", name="N", origins="https://n.example")
    page = client.get(made.location).text
    key = session.scalars(select(Site.site_key).where(Site.name == "N")).one()
    assert f"data-site-key=&#34;{key}&#34;" in page or f'data-site-key="{key}"' in page


def test_a_new_key_and_the_old_one_for_a_while(session, admin, site):
    path = f"/desk/sites/{site.id}/embed"
    old = site.site_key
    post(admin, f"/desk/sites/{site.id}/key")
    page = admin.get(path).text
    assert page.count(old) == 1 and "Old key works until" in page
    post(admin, f"/desk/sites/{site.id}/key", end="yes")
    assert old not in admin.get(path).text


def test_the_preview_may_be_framed_by_us_only(admin, site):
    page = admin.get(f"/desk/sites/{site.id}/preview?button=fixed&lang=ru")
    assert 'data-button="fixed"' in page.text and 'data-lang="ru"' in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in admin.get(f"/desk/sites/{site.id}").headers["Content-Security-Policy"]


def test_deletion_asks_for_the_name_and_can_be_taken_back(session, admin, site):
    path = f"/desk/sites/{site.id}"
    post(admin, f"{path}/deletion", name="something else")
    session.refresh(site)
    assert site.delete_at is None
    post(admin, f"{path}/deletion", name=site.name)
    assert "will be deleted on" in admin.get(path).text
    post(admin, f"{path}/deletion", keep="yes")
    assert "will be deleted on" not in admin.get(path).text


def test_with_mail_the_inviter_does_not_see_the_link(app, session, admin, site):
    path, settings = f"/desk/sites/{site.id}/members", app.extensions["corrigenda"].settings
    object.__setattr__(settings, "smtp_url", "smtp://mail.example")
    try:
        post(admin, path, email="new@news.example", role="editor")
        page = admin.get(path).text
    finally:
        object.__setattr__(settings, "smtp_url", "")
    assert "new@news.example" in page and "/desk/invitation/" not in page


def test_members_and_invitations(session, admin, site):
    path = f"/desk/sites/{site.id}/members"
    post(admin, path, email="new@news.example", role="viewer")
    page = admin.get(path).text
    assert "new@news.example" in page and "/desk/invitation/" in page
    assert post(admin, path, email="nobody", role="viewer").status_code == 422
    assert post(admin, path, email="a@b.example", role="owner").status_code == 422
    editor = EditorFactory(role="viewer", role__site=site)
    post(admin, f"{path}/{editor.id}/role", role="editor")
    session.refresh(editor)
    assert editor.memberships[0].role == "editor"
    post(admin, f"{path}/{editor.id}/remove")
    assert editor.email not in admin.get(path).text
    invitation = session.scalars(select(Invitation)).one()
    post(admin, f"{path}/invitations/{invitation.id}/revoke")
    assert "/desk/invitation/" not in admin.get(path).text


def test_files(admin, site, case):
    row = next(csv.DictReader(io.StringIO(admin.get(f"/desk/files/cases.csv?site={site.id}").text)))
    assert row["id"] == str(case.id)
    lines = admin.get(f"/desk/sites/{site.id}/everything.jsonl").text.splitlines()
    assert {json.loads(line)["type"] for line in lines} >= {"site", "case", "page", "audit_entry"}
    assert admin.get("/desk/files/cases.csv?url=x").status_code == 404


class TestInsight:
    def test_figures_charts_and_csv(self, sessions, admin, site, case):
        ReportFactory(site=site, created_at=datetime.now(UTC))
        tally_due(sessions, datetime.now(UTC))
        page = admin.get("/desk/insight?days=7").text
        assert "<dd>1</dd>" in page and "news.example/a" in page
        for address in re.findall(r'src="(/desk/insight/[^"]+)"', page):
            chart = admin.get(address.replace("&amp;", "&"))
            assert chart.mimetype == "image/svg+xml" and chart.text.startswith("<svg")
            assert "<script" not in chart.text and 'href="http' not in chart.text
        rows = list(csv.reader(io.StringIO(admin.get("/desk/insight/figures.csv?days=7").text)))
        assert ["pages", "https://news.example/a", "1"] in rows

    @pytest.mark.parametrize(
        "query", ["from=2026-02-01&to=2026-01-01", "days=x", "to=x", "from=2000-01-01", "days=-5"]
    )
    def test_a_period_that_is_none(self, admin, query):
        assert admin.get(f"/desk/insight?{query}").status_code == 404


class TestCasePage:
    def test_merge_split_and_assign(self, session, desk, site, editor, case):
        path = f"/desk/cases/{case.id}"
        assert post(desk, f"{path}/assign", assignee=str(editor.id)).location == path
        session.refresh(case)
        assert case.assignee_id == editor.id
        for wrong in ("x", str(EditorFactory().id)):
            assert post(desk, f"{path}/assign", assignee=wrong).status_code == 422
        other = CaseFactory(site=site, page=case.page)
        assert ">Merge</button>" in desk.get(path).text
        assert post(desk, f"{path}/merge", into=str(CaseFactory(site=site).id)).status_code == 422
        assert post(desk, f"{path}/merge", into=str(other.id)).location == f"/desk/cases/{other.id}"
        assert post(desk, f"/desk/cases/{other.id}/split").status_code == 422

    def test_somebody_else_looks_at_it(self, app, desk, site, case):
        colleague = app.test_client()
        sign_in(colleague, EditorFactory(role="viewer", role__site=site, name="Анна").email)
        assert post(colleague, f"/desk/cases/{case.id}/presence").get_json() == {"other": None}
        assert post(desk, f"/desk/cases/{case.id}/presence").get_json() == {"other": "Анна"}
        assert "Анна is viewing this case" in desk.get(f"/desk/cases/{case.id}").text
        post(colleague, f"/desk/cases/{case.id}/presence", leave="yes")
        assert post(desk, f"/desk/cases/{case.id}/presence").get_json() == {"other": None}

    def test_a_reason_goes_to_the_reader(self, session, desk, site, case, client):
        form = {"version": "1", "action": "reject", "reason": "Это цитата", "note": "между нами"}
        post(desk, f"/desk/cases/{case.id}/decisions", **form)
        page = desk.get(f"/desk/cases/{case.id}").text
        assert "Reply to the reader: Это цитата" in page and "между нами" in page
