"""Labels for a site's settings, their errors, and its audit log."""

from flask_babel import gettext as _

from moderation.domain.sites.settings import MOST_ENTRIES


def audit_label(what: str, who: str) -> str:
    """A sentence of the audit log: the person and the change."""
    return str(
        {
            "site.made": _("%(who)s created the site", who=who),
            "settings.changed": _("%(who)s changed settings", who=who),
            "key.rotated": _("%(who)s created a new key", who=who),
            "key.ended": _("%(who)s disabled the old key", who=who),
            "server_key.created": _("%(who)s created a server key", who=who),
            "server_key.revoked": _("%(who)s revoked a server key", who=who),
            "member.invited": _("%(who)s invited a member", who=who),
            "member.joined": _("%(who)s joined", who=who),
            "member.sso_linked": _("SSO linked: %(who)s", who=who),
            "member.role_changed": _("%(who)s changed a role", who=who),
            "member.removed": _("%(who)s removed a member", who=who),
            "invitation.revoked": _("%(who)s revoked an invitation", who=who),
            "deletion.asked": _("%(who)s scheduled site deletion", who=who),
            "deletion.taken_back": _("%(who)s canceled site deletion", who=who),
            "cms.connected": _("%(who)s connected a CMS", who=who),
            "cms.disconnected": _("%(who)s disconnected the CMS", who=who),
            "correction.applied": _("%(who)s applied a correction in the CMS", who=who),
            "correction.refused": _("The CMS refused a correction: %(who)s", who=who),
            "correction.reverted": _("%(who)s reverted a correction in the CMS", who=who),
            "site.exported": _("%(who)s exported all data", who=who),
            "integration.added": _("%(who)s added an integration", who=who),
            "integration.changed": _("%(who)s changed an integration", who=who),
            "integration.secret_rotated": _("%(who)s made a new secret", who=who),
            "integration.removed": _("%(who)s removed an integration", who=who),
            "routing.applied": _("%(who)s applied the rules to open cases", who=who),
            "routing.taken_back": _("%(who)s undid the assignment of open cases", who=who),
        }[what]
    )


def setting_error(name: str) -> str:
    """The allowed values of a setting, for a value that is not allowed."""
    most = MOST_ENTRIES.get(name)
    words = _("Each word has at most 100 characters. At most %(num)s words.", num=most)
    return str(
        {
            "cms_link": _("Start with http:// or https://, without spaces."),
            "blocked_readers": _("Each ID has 32 characters: 0 to 9 and a to f. At most %(num)s.", num=most),
            "blocked_words": words,
            "word_list": words,
            "reject_reasons": _("Each reason has at most 500 characters. At most %(num)s reasons.", num=most),
        }.get(name, _("This value is not allowed."))
    )
