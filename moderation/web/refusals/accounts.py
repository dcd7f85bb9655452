"""Refusals about accounts: roles, sign-in, passwords, passkeys, secret links."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from moderation.services.accounts import passkeys
from moderation.services.accounts.access import Forbidden, NotAdmin, NotOwner
from moderation.services.accounts.administer import OwnAccount, UnknownAccount
from moderation.services.accounts.editors import EmailTaken, InvalidEmail, InvalidName, WeakPassword
from moderation.services.accounts.email_change import ManagedEmail, UnknownEmailChange
from moderation.services.accounts.identity import InvalidIdentity
from moderation.services.accounts.password_hash import TooManyPasswords
from moderation.services.accounts.password_reset import UnknownReset
from moderation.services.accounts.second_factor import OwnTwoFactorMissing, TwoFactorRequired
from moderation.services.accounts.single_sign_on import NoGroup
from moderation.services.sites.members import UnknownInvitation
from moderation.web.labels.accounts import ONE_LINE, OWN_FACTOR_MISSING, weakness_label
from moderation.web.labels.refusals import sign_in_refusal
from moderation.web.refusals.row import Refusal

INVALID_EMAIL = Refusal(422, "invalid-request", lazy_gettext("Enter a valid email address."), "/email")
_UNKNOWN_LINK = Refusal(
    404, "unknown-link", lazy_gettext("This link is invalid or has expired. Request a new one.")
)

REFUSALS: Mapping[type[Exception], Refusal] = {
    Forbidden: Refusal(403, "role", lazy_gettext("You have view-only access to this site.")),
    NotAdmin: Refusal(403, "role", lazy_gettext("Only site admins can do this.")),
    NotOwner: Refusal(403, "role", lazy_gettext("Only owners can do this.")),
    TwoFactorRequired: Refusal(
        403,
        "two-factor-required",
        lazy_gettext("This account must use two-factor authentication. Set it up at the desk."),
    ),
    OwnTwoFactorMissing: Refusal(403, "two-factor-required", OWN_FACTOR_MISSING),
    TooManyPasswords: Refusal(
        429,
        "too-many",
        lazy_gettext("Too many people are signing in at once. Try again in a few seconds."),
    ),
    NoGroup: Refusal(
        403, "forbidden", lazy_gettext("Your account has no access. Ask your Corrigenda owner.")
    ),
    InvalidIdentity: Refusal(403, "forbidden", "%(why)s", page_why=sign_in_refusal),
    UnknownAccount: Refusal(404, "unknown-account", lazy_gettext("This account does not exist.")),
    OwnAccount: Refusal(409, "own-account", lazy_gettext("Ask another owner to do this with your account.")),
    InvalidName: Refusal(422, "invalid-request", ONE_LINE, "/name"),
    InvalidEmail: INVALID_EMAIL,
    EmailTaken: Refusal(
        409, "conflict", lazy_gettext("An account with this email already exists."), "/email"
    ),
    ManagedEmail: Refusal(
        422,
        "invalid-request",
        lazy_gettext("Your identity provider manages your email. Change it there."),
        "/email",
    ),
    WeakPassword: Refusal(
        422,
        "invalid-request",
        "%(why)s",
        "/password",
        page_why=lambda error: weakness_label(error.weakness),
    ),
    passkeys.Refused: Refusal(
        422,
        "invalid-request",
        lazy_gettext("This passkey could not be added. Reload the page and try again."),
    ),
    passkeys.TooMany: Refusal(
        422,
        "invalid-request",
        lazy_gettext("An account can have at most %(num)d passkeys.", num=passkeys.MOST),
    ),
    UnknownInvitation: Refusal(
        404,
        "unknown-link",
        lazy_gettext("This invitation link is invalid or has expired. Ask for a new one."),
    ),
    UnknownReset: _UNKNOWN_LINK,
    UnknownEmailChange: _UNKNOWN_LINK,
}
