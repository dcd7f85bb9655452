"""Keys, members, files and the end of a site."""

import csv
import io
import json

from sqlalchemy import select

from moderation.models import Invitation, Site
from moderation.services.instance.demo import seed_demo
from moderation.services.instance.demo_cases import seed_cases
from tests.factories import NOON, PASSWORD, EditorFactory
from tests.support.desk import let_confirmations_end, post, sign_in


def test_an_owner_adds_a_site_and_gets_its_snippet(client, session):
    sign_in(client, EditorFactory(is_owner=True).email)
    wrong = post(client, "/desk/sites", name="N", origins="news")
    assert wrong.status_code == 422 and "news" in wrong.text
    made = post(client, "/desk/sites", name="N", origins="https://n.example")
    page = client.get(made.location).text
    key = session.scalars(select(Site.site_key).where(Site.name == "N")).one()
    assert f"data-site-key=&#34;{key}&#34;" in page or f'data-site-key="{key}"' in page


def test_an_owner_without_a_site_begins_by_creating_one(client, session):
    owner = EditorFactory(is_owner=True)
    assert sign_in(client, owner.email).location == "/desk/sites"
    assert "Create your site" in client.get("/desk/sites").text
    made = post(client, "/desk/sites", name="N", origins="news.example\nlocalhost:3000")
    assert session.scalars(select(Site.origins)).one() == ["http://localhost:3000", "https://news.example"]
    assert "Continue setting up" in client.get("/desk/sites").text
    post(client, f"{made.location}/checklist", hide="yes")
    assert "Continue setting up" not in client.get("/desk/sites").text


def test_an_owner_removes_the_demo_after_reading_what_goes(client, session, engine):
    demo = seed_demo(session, "http://127.0.0.1:8000")
    seed_cases(session, engine, demo, "http://127.0.0.1:8000", NOON)
    sign_in(client, EditorFactory(is_owner=True).email)
    assert "Remove the demo" in client.get("/desk/sites").text
    page = client.get("/desk/sites/demo/remove").text
    assert "Maud Ferris" in page and "cases" in page
    post(client, "/desk/sites/demo/remove")
    session.expire_all()
    assert session.scalars(select(Site.name)).all() == []
    assert "Welcome to Corrigenda" in client.get("/desk/sites").text


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
    let_confirmations_end(session)
    assert post(admin, f"{path}/deletion", name=site.name, password="wrong").status_code == 403
    session.refresh(site)
    assert site.delete_at is None  # a stolen session deletes nothing
    post(admin, f"{path}/deletion", name=site.name, password=PASSWORD)
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
    page = admin.get(path).text
    assert page.count('aria-describedby="roles"') == 3 and "A viewer sees everything of the site." in page
    post(admin, f"{path}/{editor.id}/role", role="editor")
    audit = admin.get(f"/desk/sites/{site.id}/audit", headers={"Accept-Language": "ru"}).text
    assert '<span class="text-break">Редактор</span>' in audit and ">editor<" not in audit
    session.refresh(editor)
    assert editor.memberships[0].role == "editor"
    post(admin, f"{path}/{editor.id}/remove")
    assert editor.email not in admin.get(path).text
    invitation = session.scalars(select(Invitation)).one()
    post(admin, f"{path}/invitations/{invitation.id}/revoke")
    assert "/desk/invitation/" not in admin.get(path).text


def test_cases_and_the_whole_site_can_be_downloaded(admin, site, case):
    row = next(csv.DictReader(io.StringIO(admin.get(f"/desk/files/cases.csv?site={site.id}").text)))
    assert row["id"] == str(case.id)
    lines = admin.get(f"/desk/sites/{site.id}/everything.jsonl").text.splitlines()
    assert {json.loads(line)["type"] for line in lines} >= {"site", "case", "page", "audit_entry"}
    assert admin.get("/desk/files/cases.csv?url=x").status_code == 404
