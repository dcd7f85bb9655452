"""Roles of people and permissions of tokens."""

from flask_babel import gettext as _


def role_label(role: str) -> str:
    """What a person may do on a site."""
    return str(
        {
            "viewer": _("reads"),
            "editor": _("decides"),
            "admin": _("runs the site"),
        }[role]
    )


def scope_label(scope: str) -> str:
    """What a token may do."""
    return str({"read": _("read cases and figures"), "decide": _("decide cases")}[scope])
