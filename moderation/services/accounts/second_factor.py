"""Require two-factor authentication: of everybody on the instance, or of everybody with access to a site."""

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from moderation.models import Editor, Instance, Site
from moderation.services.accounts.access import Forbidden, NotOwner
from moderation.services.accounts.security_log import record
from moderation.services.accounts.two_factor import is_on


class TwoFactorRequired(Forbidden):
    """The account must use two-factor authentication, and does not."""


class OwnTwoFactorMissing(Forbidden):
    """An editor who requires two-factor authentication of others must use it."""


def has_second_factor(editor: Editor) -> bool:
    """Return whether every sign-in to the account needs two factors, where they are required.

    An account with SSO alone has the second factor of its provider, if the provider said so. A passkey counts
    as two factors: where they are required, it is the only way into an account without codes.
    """
    return is_on(editor) or (editor.password_hash is None and editor.sso_two_factor) or bool(editor.passkeys)


def must_use_passkey(session: Session, editor: Editor) -> bool:
    """Return whether one factor (a password, or SSO) does not suffice here, and only a passkey does."""
    has_provider_factor = editor.password_hash is None and editor.sso_two_factor
    if is_on(editor) or has_provider_factor or not editor.passkeys:
        return False
    return is_required(session, editor)


def is_required(session: Session, editor: Editor) -> bool:
    """Return whether the instance, or a site that the editor may see, requires two factors."""
    if any(membership.site.settings.two_factor_required for membership in editor.memberships):
        return True
    of_all = exists().where(Instance.two_factor_required)
    of_a_site = exists().where(Site.settings["two_factor_required"].astext == "true")
    return bool(session.scalar(select(or_(of_all, of_a_site) if editor.is_owner else of_all)))


def require_second_factor(session: Session, editor: Editor) -> None:
    """Refuse an account without the second factor that it needs. Raises TwoFactorRequired."""
    if lacks_second_factor(session, editor):
        raise TwoFactorRequired


def lacks_second_factor(session: Session, editor: Editor) -> bool:
    """Return whether the account needs a second factor and has none."""
    return is_required(session, editor) and not has_second_factor(editor)


def is_required_of_all(session: Session) -> bool:
    """Return whether the instance requires two factors of every account."""
    instance = session.get(Instance, 1)
    return instance is not None and instance.two_factor_required


def require_of_all(session: Session, owner: Editor, required: bool) -> None:
    """Require two factors of every account of the instance, or no longer.

    Raises NotOwner, OwnTwoFactorMissing.
    """
    if not owner.is_owner:
        raise NotOwner
    if required and not has_second_factor(owner):
        raise OwnTwoFactorMissing
    session.execute(update(Instance).values(two_factor_required=required))
    record(session, owner, "two_factor.required" if required else "two_factor.not_required")
    session.commit()
