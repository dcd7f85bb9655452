"""Members of a site, and invitations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload
from uuid_utils.compat import uuid7

from moderation.domain.accounts.roles import Role
from moderation.models import Editor, Invitation, Membership, OutboxMessage, Site
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.editors import (
    add_editor,
    checked_name,
    editor_by_email,
    normal_email,
)
from moderation.services.accounts.security_log import record
from moderation.services.accounts.sessions import end_confirmations
from moderation.services.accounts.standing import IS_ENABLED, may_still_run
from moderation.services.secret_links import UnknownToken, make_token, read_token
from moderation.services.sites.audit import invited_since, note
from moderation.services.sites.lock import take_turn

GOOD_FOR = timedelta(days=7)
PER_DAY = 30
"""Invitations that a site may send in 24 hours, so that it cannot mail strangers without end."""


class UnknownMember(LookupError):
    """The site has no member with this id."""


class UnknownInvitation(LookupError):
    """No invitation has this token, or the invitation was accepted, revoked or is too old."""


class AlreadyMember(ValueError):
    """The person is a member of the site already."""


class TooManyInvitations(ValueError):
    """The site made its invitations of the day."""


def members_of(session: Session, site: Site) -> Sequence[tuple[Editor, Role]]:
    """Return the members of the site, by name. Owners see every site and are not in the list."""
    rows = session.execute(
        select(Editor, Membership.role).join(Membership).where(Membership.site_id == site.id)
    ).all()
    return sorted(((editor, role) for editor, role in rows), key=lambda row: row[0].display_name.lower())


def owners(session: Session) -> Sequence[Editor]:
    """Return the owners of the instance, by name: they have access to every site."""
    found = session.scalars(select(Editor).where(Editor.is_owner, IS_ENABLED)).all()
    return sorted(found, key=lambda editor: editor.display_name.lower())


def change_role(session: Session, by: Editor, site: Site, editor_id: UUID, role: Role) -> Role:
    """Give a member another role, and return the former one. Raises UnknownMember."""
    membership = _membership(session, site, editor_id)
    former = membership.role
    if membership.role != role:
        note(session, site.id, by, "member.role_changed", member=_email(session, editor_id), role=role)
        membership.role = role
        _record_role(session, site, editor_id, role)
    session.commit()
    return former


def remove_member(session: Session, by: Editor, site: Site, editor_id: UUID) -> None:
    """Remove a member from the site. The account and its history stay. Raises UnknownMember."""
    session.delete(_membership(session, site, editor_id))
    note(session, site.id, by, "member.removed", member=_email(session, editor_id))
    _record_role(session, site, editor_id, None)
    session.commit()


def _record_role(session: Session, site: Site, editor_id: UUID, role: Role | None) -> None:
    record(session, session.get_one(Editor, editor_id), "role.changed", site=str(site.id), role=role)
    end_confirmations(session, editor_id)


def invite(
    session: Session, by: Editor, site: Site, email: str, role: Role, *, lang: str, now: datetime
) -> Invitation:
    """Invite a person to the site. The outbox sends the mail.

    Raises InvalidAccount, AlreadyMember, TooManyInvitations.

    A second invitation of a person replaces the first.
    """
    email = normal_email(email)
    known = editor_by_email(session, email)
    if known is not None and any(one.site_id == site.id for one in known.memberships):
        raise AlreadyMember(email)
    take_turn(session, site)
    if invited_since(session, site.id, now - timedelta(days=1)) >= PER_DAY:
        raise TooManyInvitations
    session.execute(delete(Invitation).where(Invitation.site_id == site.id, Invitation.email == email))
    invitation = Invitation(
        id=uuid7(),
        site_id=site.id,
        email=email,
        role=role,
        invited_by=by.id,
        lang=lang,
        expires_at=now + GOOD_FOR,
    )
    session.add(invitation)
    session.flush()
    session.add(OutboxMessage(topic="invitation.made", subject_id=invitation.id, site_id=site.id))
    note(session, site.id, by, "member.invited", member=email, role=role)
    session.commit()
    return invitation


def invitations_of(session: Session, site: Site, now: datetime) -> Sequence[Invitation]:
    """Return the invitations that can still be accepted, newest first."""
    young = (
        select(Invitation)
        .where(Invitation.site_id == site.id, Invitation.expires_at > now)
        .order_by(Invitation.id.desc())
    )
    return [invitation for invitation in session.scalars(young) if can_be_accepted(session, invitation, now)]


def can_be_accepted(session: Session, invitation: Invitation, now: datetime) -> bool:
    """Return whether the invitation is young, and its sender still runs the site.

    Somebody who was removed must not come back by an invitation that they sent before.
    """
    if invitation.expires_at <= now:
        return False
    sender = session.get(Editor, invitation.invited_by) if invitation.invited_by else None
    return sender is None or may_still_run(sender, invitation.site_id)


def revoke(session: Session, by: Editor, site: Site, invitation_id: UUID) -> None:
    """Revoke an invitation. Does nothing if it does not exist."""
    email = session.scalar(
        delete(Invitation)
        .where(Invitation.id == invitation_id, Invitation.site_id == site.id)
        .returning(Invitation.email)
    )
    if email is not None:
        note(session, site.id, by, "invitation.revoked", member=email)
    session.commit()


def invitation_token(secret_keys: SecretKeys, invitation: Invitation) -> str:
    """Return the secret part of the invitation's link."""
    return make_token(secret_keys, "invitation", invitation.id)


def find_invitation(session: Session, secret_keys: SecretKeys, token: str, now: datetime) -> Invitation:
    """Return the invitation of a link, locked, because it works once. Raises UnknownInvitation."""
    try:
        id_ = read_token(secret_keys, "invitation", token)
    except UnknownToken:
        raise UnknownInvitation from None
    invitation = session.scalar(
        select(Invitation)
        .where(Invitation.id == id_)
        .options(joinedload(Invitation.site))
        .with_for_update(of=Invitation)
    )
    if invitation is None or not can_be_accepted(session, invitation, now):
        raise UnknownInvitation
    return invitation


def join_with_account(session: Session, invitation: Invitation, editor: Editor) -> None:
    """Accept the invitation with the account of the signed-in editor."""
    if not any(one.site_id == invitation.site_id for one in editor.memberships):
        session.add(Membership(editor_id=editor.id, site_id=invitation.site_id, role=invitation.role))
    _close(session, invitation, editor)


def join_anew(session: Session, invitation: Invitation, name: str, password: str) -> Editor:
    """Accept the invitation with a new account. Raises InvalidAccount."""
    checked = checked_name(name)
    editor = add_editor(session, invitation.email, password, role=invitation.role, site=invitation.site)
    editor.name = checked
    editor.lang = invitation.lang
    _close(session, invitation, editor)
    return editor


def _close(session: Session, invitation: Invitation, editor: Editor) -> None:
    note(session, invitation.site_id, editor, "member.joined", member=editor.email, role=invitation.role)
    session.delete(invitation)
    session.commit()


def _membership(session: Session, site: Site, editor_id: UUID) -> Membership:
    membership = session.get(Membership, (editor_id, site.id))
    if membership is None:
        raise UnknownMember
    return membership


def _email(session: Session, editor_id: UUID) -> str:
    return session.get_one(Editor, editor_id).email
