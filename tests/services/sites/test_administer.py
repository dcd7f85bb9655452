import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation.models import AuditEntry, Base, Editor, Site
from moderation.services.accounts.access import Forbidden
from moderation.services.sites import administer as site_admin
from moderation.services.sites.add import InvalidSettings, NameTaken, change_site
from moderation.services.sites.audit import entries_of
from moderation.services.sites.directory import SiteDirectory, UnknownSite
from moderation.services.sites.export import export_site
from tests.factories import (
    NOON,
    CaseFactory,
    EditorFactory,
    ReportFactory,
    SiteFactory,
    place_in,
)


@pytest.fixture
def site(session):
    return SiteFactory(name="Город", site_key="pk_old")


@pytest.fixture
def admin(site):
    return EditorFactory(role="admin", role__site=site)


def test_an_owner_makes_a_site(session):
    owner = EditorFactory(is_owner=True)
    made = site_admin.make_site(session, owner, " N ", ["https://n.example/"])
    assert (made.name, made.origins) == ("N", ["https://n.example"])
    with pytest.raises(NameTaken):
        site_admin.make_site(session, owner, "N", ["https://n.example"])
    with pytest.raises(Forbidden):
        site_admin.make_site(session, EditorFactory(), "M", ["https://m.example"])


def test_changes_are_audited_by_name(session, site, admin):
    change_site(
        session,
        admin,
        site,
        name="Город",
        origins=["https://c.example"],
        ground_rules="Пишем ё",
        keep_days=30,
    )
    assert (site.origins, site.settings.ground_rules) == (["https://c.example"], "Пишем ё")
    [entry] = entries_of(session, site).items
    assert (entry.what, entry.details) == (
        "settings.changed",
        {
            "settings": ["ground_rules", "keep_days", "origins"],
            "changes": {"ground_rules": ["", "Пишем ё"], "keep_days": [0, 30]},
        },
    )
    change_site(session, admin, site, name="Город", origins=["https://c.example"])
    assert len(entries_of(session, site).items) == 1  # nothing changed


@pytest.mark.parametrize(
    "wrong", [{"keep_days": -1}, {"cms_link": "javascript:alert(1)"}, {"spam_threshold": 2}, {"origins": []}]
)
def test_what_cannot_be_changes_nothing(session, site, admin, wrong):
    with pytest.raises(InvalidSettings):
        change_site(session, admin, site, **({"name": "X", "origins": site.origins} | wrong))
    session.rollback()
    assert site.name == "Город"


def test_the_old_key_serves_for_a_week_or_until_it_is_ended(session, engine, site, admin):
    directory = SiteDirectory(engine, seconds=0)
    site_admin.rotate_key(session, admin, site, NOON + timedelta(days=10_000))
    assert site.site_key != "pk_old" and directory.find("pk_old").id == directory.find(site.site_key).id
    site_admin.end_previous_key(session, admin, site)
    with pytest.raises(UnknownSite):
        directory.find("pk_old")
    site_admin.rotate_key(session, admin, site, NOON - timedelta(days=10_000))
    with pytest.raises(UnknownSite):
        directory.find(site.previous_key or "")
    assert [one.what for one in entries_of(session, site).items] == [
        "key.rotated",
        "key.ended",
        "key.rotated",
    ]


def test_a_site_goes_when_its_grace_is_over_and_takes_all_of_its_own(session, sessions, site, admin):
    case = CaseFactory(site=site)
    place_in(session, ReportFactory(site=site), case)
    other = CaseFactory()
    site_admin.ask_deletion(session, admin, site, NOON)
    assert site_admin.delete_due(sessions, NOON + timedelta(days=13)) == 0
    site_admin.take_back_deletion(session, admin, site)
    assert site_admin.delete_due(sessions, NOON + timedelta(days=99)) == 0
    site_admin.ask_deletion(session, admin, site, NOON)
    session.commit()
    assert site_admin.delete_due(sessions, NOON + timedelta(days=14)) == 1
    assert session.scalars(select(Site.id)).all() == [other.site_id]
    left = {
        table.name: session.scalar(select(func.count()).select_from(table).where(table.c.site_id == site.id))
        for table in Base.metadata.sorted_tables
        if "site_id" in table.c
    }
    assert set(left.values()) == {0}, left
    assert session.get(Editor, admin.id) is not None  # a person is not a site's


def test_everything_as_lines_but_what_names_readers(session, sessions, site, admin):
    report = ReportFactory(site=site, comment="две «с»")
    place_in(session, report, CaseFactory(site=site))
    CaseFactory()
    session.commit()
    text = b"".join(export_site(sessions, site.id)).decode()
    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["type"] for row in rows] == ["member", "site", "page", "case", "report", "placement"]
    assert rows[4]["comment"] == "две «с»" and rows[0]["email"] == admin.email
    assert "fetch_header_secret" not in text
    assert "reader_hash" not in text and "password" not in text and "totp" not in text


def test_the_log_pages(session, site, admin):
    for _ in range(5):
        site_admin.note_export(session, admin, site)
    first = entries_of(session, site, limit=3)
    second = entries_of(session, site, limit=3, cursor=first.next)
    assert (len(first.items), len(second.items), second.next) == (3, 2, None)
    assert session.query(AuditEntry).count() == 5
