"""Single sign-on: create and update accounts from an identity provider and its groups."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.accounts.group_grants import Grant
from moderation.domain.accounts.roles import ROLES, Role
from moderation.models import Editor, Membership, Site
from moderation.services.accounts.editors import InvalidAccount, editor_by_email, normal_email


class NoGroup(PermissionError):
    """None of the person's groups has a grant."""


def enter(
    session: Session,
    grants: Sequence[Grant],
    *,
    subject: str,
    email: str,
    email_verified: bool,
    name: str | None,
    groups: Collection[str],
) -> Editor:
    """Create or update the person's account with the grants of their groups, and return it.

    An existing account with the same address is linked only if the provider verified that address. Roles that
    the groups no longer grant are removed. Raises NoGroup, InvalidAccount.
    """
    mine = [grant for grant in grants if grant.group in groups]
    if not mine:
        raise NoGroup
    editor = session.scalar(select(Editor).where(Editor.oidc_subject == subject))
    if editor is None:
        editor = editor_by_email(session, email)
        if editor is not None and not email_verified:
            raise InvalidAccount(f"{email} has an account, and the provider did not verify the address")
    if editor is not None and editor.disabled_at is not None:
        raise InvalidAccount(f"the account {editor.email} is disabled")
    if editor is None:
        editor = Editor(email=normal_email(email), is_owner=False, memberships=[])
        session.add(editor)
    editor.oidc_subject = subject
    editor.name = name or editor.name
    editor.is_owner = any(grant.site is None for grant in mine)
    roles: dict[str, Role] = {}
    for grant in mine:
        if grant.site is not None and grant.role is not None:
            roles[grant.site] = max(roles.get(grant.site, grant.role), grant.role, key=ROLES.index)
    sites = session.scalars(select(Site).where(Site.name.in_(roles))).all()
    editor.memberships[:] = []
    session.flush()
    editor.memberships[:] = [Membership(site_id=site.id, role=roles[site.name]) for site in sites]
    session.commit()
    return editor
