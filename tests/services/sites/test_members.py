from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from moderation.models import AuditEntry, Invitation, OutboxMessage
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.disable import disable_editor
from moderation.services.accounts.editors import EmailTaken, InvalidAccount
from moderation.services.sites import members
from tests.factories import NOON, PASSWORD, EditorFactory, SiteFactory

KEY = SecretKeys("k" * 40)


@pytest.fixture
def admin(site):
    return EditorFactory(role="admin", role__site=site)


@pytest.fixture
def invited(session, site, admin):
    return members.invite(session, admin, site, "New@News.example", "editor", lang="ru", now=NOON)


def found(session, invitation, now=NOON):
    return members.find_invitation(session, KEY, members.invitation_token(KEY, invitation), now)


def test_an_invitation_is_mailed_and_audited(session, site, admin, invited):
    assert invited.email == "new@news.example"
    assert session.scalars(select(OutboxMessage.topic)).all() == ["invitation.made"]
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.details) == ("member.invited", {"member": "new@news.example", "role": "editor"})
    assert [one.id for one in members.invitations_of(session, site, NOON)] == [invited.id]


def test_it_is_taken_up_once_with_a_new_account(session, site, invited):
    editor = members.join_anew(session, found(session, invited), "Анна", PASSWORD)
    assert (editor.name, editor.lang, editor.memberships[0].role) == ("Анна", "ru", "editor")
    with pytest.raises(members.UnknownInvitation):
        found(session, invited)


def test_or_with_the_account_that_is_there(session, site, invited):
    known = EditorFactory(email="new@news.example")
    with pytest.raises(EmailTaken):
        members.join_anew(session, invited, "", PASSWORD)
    members.join_with_account(session, found(session, invited), known)
    assert [(editor.id, role) for editor, role in members.members_of(session, site)][-1] == (
        known.id,
        "editor",
    )


def test_a_second_one_replaces_the_first_and_a_member_needs_none(session, site, admin, invited):
    second = members.invite(session, admin, site, "new@news.example", "viewer", lang="ru", now=NOON)
    assert session.scalars(select(Invitation.id)).all() == [second.id]
    with pytest.raises(members.AlreadyMember):
        members.invite(session, admin, site, admin.email, "viewer", lang="ru", now=NOON)
    with pytest.raises(InvalidAccount):
        members.invite(session, admin, site, "nobody", "viewer", lang="ru", now=NOON)


def test_links_that_open_nothing(session, site, admin, invited):
    token = members.invitation_token(KEY, invited)
    other_key = members.invitation_token(SecretKeys("x" * 40), invited)
    for wrong in ("", "x", token[:-1], "B" + token[1:], other_key):
        with pytest.raises(members.UnknownInvitation):
            members.find_invitation(session, KEY, wrong, NOON)
    with pytest.raises(members.UnknownInvitation):
        found(session, invited, NOON + timedelta(days=7))
    members.revoke(session, admin, SiteFactory(), invited.id)  # of another site: left alone
    assert found(session, invited)
    members.revoke(session, admin, site, invited.id)
    with pytest.raises(members.UnknownInvitation):
        members.find_invitation(session, KEY, token, NOON)


def test_roles_change_and_members_leave(session, site, admin):
    editor = EditorFactory(role="viewer", role__site=site)
    members.change_role(session, admin, site, editor.id, "editor")
    session.refresh(editor)
    assert editor.memberships[0].role == "editor"
    members.remove_member(session, admin, site, editor.id)
    assert [one.id for one, _role in members.members_of(session, site)] == [admin.id]
    for action in (members.remove_member, lambda *who: members.change_role(*who, "admin")):
        with pytest.raises(members.UnknownMember):
            action(session, admin, site, editor.id)
    whats = session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert whats == ["member.role_changed", "member.removed"]


@pytest.mark.parametrize("end", ["removed", "demoted", "disabled"])
def test_who_was_shut_out_does_not_come_back_by_an_own_invitation(session, site, admin, invited, end):
    owner = EditorFactory(is_owner=True)
    if end == "removed":
        members.remove_member(session, owner, site, admin.id)
    elif end == "demoted":
        members.change_role(session, owner, site, admin.id, "editor")
    else:
        disable_editor(session, admin, NOON)
    session.expire_all()
    with pytest.raises(members.UnknownInvitation):
        found(session, invited)
    assert members.invitations_of(session, site, NOON) == []


def test_of_two_requests_at_once_one_accepts_an_invitation(session, sessions, invited):
    token = members.invitation_token(KEY, invited)
    with sessions() as first, sessions() as second:
        members.find_invitation(first, KEY, token, NOON)
        second.execute(text("SET lock_timeout = '50ms'"))
        with pytest.raises(OperationalError):
            members.find_invitation(second, KEY, token, NOON)
