"""Roles of people, permissions of tokens, devices, and sentences of sign-in that several pages say."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from moderation.domain.accounts.devices import device_of
from moderation.domain.accounts.passwords import LONGEST, SHORTEST, Weakness

WRONG_PASSWORD = lazy_gettext("Wrong password.")
WRONG_CODE = lazy_gettext("Wrong code, or it was already used.")
PASSKEY_REQUIRED = lazy_gettext("Two-factor authentication is required here. Sign in with your passkey.")
OWN_FACTOR_MISSING = lazy_gettext(
    "Turn on two-factor authentication in your own profile before you require it."
)
SHORTEST_PASSWORD = lazy_gettext("Use at least %(num)d characters.", num=SHORTEST)
ONE_LINE = lazy_gettext("Enter a name without line breaks and control characters.")


def role_label(role: str) -> str:
    """A role on a site."""
    return str(
        {
            "viewer": _("Viewer"),
            "editor": _("Editor"),
            "admin": _("Admin"),
        }[role]
    )


def scope_label(scope: str) -> str:
    """A permission of an API token or a server key."""
    return str(
        {
            "read": _("Read"),
            "decide": _("Decide"),
            "manage": _("Manage integrations"),
            "report": _("Send reports"),
        }[scope]
    )


def device_label(user_agent: str) -> str:
    """The browser and system of a User-Agent header, in words."""
    device = device_of(user_agent)
    if device.browser and device.system:
        return str(_("%(browser)s on %(system)s", browser=device.browser, system=device.system))
    return device.browser or device.system or str(_("Unknown device"))


def weakness_label(weakness: Weakness) -> str:
    """Why a new password is refused."""
    labels = {
        "short": SHORTEST_PASSWORD,
        "long": _("Use at most %(num)d characters.", num=LONGEST),
        "common": _("This password is easy to guess. Use several uncommon words or a password manager."),
        "personal": _("The password must not be your email or name."),
    }
    return str(labels[weakness])
