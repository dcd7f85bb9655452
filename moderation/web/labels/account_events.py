"""Labels of an account's security history."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _


def event_label(what: str, details: Mapping[str, Any]) -> str:
    """An event in words."""
    labels = {
        "sign_in.succeeded": _("Signed in"),
        "sign_in.failed": _("Failed sign-in: wrong password"),
        "sign_in.new_device": _("Signed in from a new device"),
        "code.failed": _("Failed sign-in: wrong code"),
        "identity.confirmed": _("Identity confirmed"),
        "recovery_code.used": _("Recovery code used"),
        "recovery_codes.renewed": _("New recovery codes generated"),
        "two_factor.on": _("Two-factor authentication turned on"),
        "two_factor.off": _("Two-factor authentication turned off"),
        "passkey.added": _("Passkey added"),
        "passkey.removed": _("Passkey removed"),
        "passkey.failed": _("Failed sign-in: passkey refused"),
        "two_factor.required": _("Two-factor authentication required of everybody"),
        "two_factor.not_required": _("Two-factor authentication no longer required of everybody"),
        "password.changed": _("Password changed"),
        "password.reset": _("Password reset"),
        "email.change_asked": _("New email requested"),
        "email.changed": _("Email changed"),
        "token.created": _("API token created"),
        "token.revoked": _("API token revoked"),
        "session.ended": _("Signed out"),
        "sessions.ended": _("All other devices signed out"),
        "sso.linked": _("SSO linked"),
        "telegram.linked": _("Telegram account linked"),
        "telegram.unlinked": _("Telegram account unlinked"),
        "role.changed": _("Role changed"),
        "account.created": _("Account created"),
        "account.disabled": _("Account disabled"),
        "account.enabled": _("Account enabled"),
    }
    if what == "sign_in.failed" and details.get("reason") == "disabled":
        return str(_("Failed sign-in: the account is disabled"))
    return str(labels.get(what, what))
