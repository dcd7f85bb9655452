"""Roles of people and permissions of tokens."""

from flask_babel import gettext as _


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
    """A permission of an API token."""
    return str({"read": _("Read"), "decide": _("Decide")}[scope])
