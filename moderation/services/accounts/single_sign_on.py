"""Single sign-on: create and update accounts from an identity provider and its groups."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.accounts.group_grants import Grant
from moderation.domain.accounts.roles import ROLES, Role
from moderation.models import AuditEntry, Editor, Membership, OutboxMessage, Site
from moderation.services.accounts.editors import InvalidEmail, editor_by_email, normal_email
from moderation.services.accounts.identity import Identity, InvalidIdentity
from moderation.services.accounts.passkeys import remove_all
from moderation.services.accounts.revoke_access import revoke_access, revoke_server_keys
from moderation.services.accounts.security_log import record
from moderation.services.accounts.sessions import end_confirmations
from moderation.services.accounts.standing import is_enabled


class NoGroup(PermissionError):
    """None of the person's groups has a grant."""


def enter(session: Session, grants: Sequence[Grant], identity: Identity, now: datetime) -> Editor:
    """Create or update the account of this person with the rights of their groups, and return it.

    Rights that the groups no longer grant are removed, even if no group is left. Raises NoGroup,
    InvalidIdentity.
    """
    granted = [grant for grant in grants if grant.group in identity.groups]
    editor = session.scalar(select(Editor).where(Editor.oidc_subject == identity.subject))
    if not granted:
        if editor is not None:
            _remove_rights(session, editor)
        raise NoGroup
    if editor is None:
        editor = _local_account(session, identity) or _new_account(session, identity)
    if not is_enabled(editor):
        raise InvalidIdentity(f"the account {editor.email} is disabled", "disabled")
    is_linked_now = editor.oidc_subject is None
    if is_linked_now or editor.password_hash is not None:
        _end_local_sign_in(session, editor)
    editor.oidc_subject, editor.sso_two_factor = identity.subject, identity.two_factor
    editor.sso_confirmed_at = now
    editor.name = identity.name or editor.name
    _set_rights(session, editor, granted)
    if is_linked_now:
        _announce_link(session, editor)
    session.commit()
    return editor


def _local_account(session: Session, identity: Identity) -> Editor | None:
    """Find the account with this person's address, if the provider verified it. Raises InvalidIdentity."""
    editor = editor_by_email(session, identity.email) if identity.email else None
    if editor is None:
        return None
    if editor.oidc_subject is not None:
        raise InvalidIdentity(f"{editor.email} belongs to another account of the provider", "linked")
    if not identity.email_verified:
        raise InvalidIdentity(
            f"{editor.email} has an account, and the provider did not verify the address", "unverified"
        )
    return editor


def _new_account(session: Session, identity: Identity) -> Editor:
    """Add an account for this person. Raises InvalidIdentity."""
    if identity.email is None:
        raise InvalidIdentity("the provider sent no email address", "no_email")
    try:
        email = normal_email(identity.email)
    except InvalidEmail as error:
        raise InvalidIdentity(str(error), "email") from None
    editor = Editor(email=email, oidc_subject=identity.subject, is_owner=False, memberships=[])
    session.add(editor)
    return editor


def _end_local_sign_in(session: Session, editor: Editor) -> None:
    """Remove password, codes, passkeys, sessions and tokens.

    The creator of the account might not own its address.
    """
    editor.password_hash = None
    editor.totp_secret, editor.totp_last, editor.recovery_digests = None, None, []
    remove_all(session, editor)
    revoke_access(session, editor)


def _remove_rights(session: Session, editor: Editor) -> None:
    editor.is_owner = False
    editor.memberships[:] = []
    _end_local_sign_in(session, editor)
    revoke_server_keys(session, editor)
    editor.sso_confirmed_at = None
    session.commit()


def _set_rights(session: Session, editor: Editor, granted: Sequence[Grant]) -> None:
    """Replace the editor's roles with the grants of the groups: the strongest role per site."""
    was_owner, editor.is_owner = editor.is_owner, any(grant.site is None for grant in granted)
    roles: dict[str, Role] = {}
    for grant in granted:
        if grant.site is not None and grant.role is not None:
            roles[grant.site] = max(roles.get(grant.site, grant.role), grant.role, key=ROLES.index)
    sites = session.scalars(select(Site).where(Site.name.in_(roles))).all()
    had, has = (
        {one.site_id: one.role for one in editor.memberships},
        {site.id: roles[site.name] for site in sites},
    )
    if (was_owner, had) != (editor.is_owner, has):
        end_confirmations(session, editor.id)
    editor.memberships[:] = []
    session.flush()
    editor.memberships[:] = [Membership(site_id=site.id, role=roles[site.name]) for site in sites]


def _announce_link(session: Session, editor: Editor) -> None:
    """Tell the address by mail, and the admins of the editor's sites in their audit logs."""
    session.flush()
    record(session, editor, "sso.linked")
    session.add(OutboxMessage(topic="account.linked", subject_id=editor.id))
    for membership in editor.memberships:
        linked = AuditEntry(site_id=membership.site_id, editor_id=editor.id, what="member.sso_linked")
        linked.details = {"member": editor.email}
        session.add(linked)
