"""Entries of a site's audit log."""

from flask_babel import gettext as _


def audit_label(what: str) -> str:
    """A change to a site."""
    return str(
        {
            "site.made": _("made the site"),
            "settings.changed": _("changed settings"),
            "key.rotated": _("made a new key"),
            "key.ended": _("ended the old key"),
            "member.invited": _("invited somebody"),
            "member.joined": _("joined"),
            "member.role_changed": _("changed a role"),
            "member.removed": _("removed a member"),
            "invitation.revoked": _("took an invitation back"),
            "deletion.asked": _("asked for the site's deletion"),
            "deletion.taken_back": _("took the deletion back"),
            "site.exported": _("took everything as a file"),
        }[what]
    )
