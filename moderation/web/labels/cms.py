"""Labels for corrections in a CMS: kinds, states, refusals."""

from flask_babel import gettext as _

from moderation.models import CorrectionApply
from moderation.services.apply.kinds import InvalidConnection


def cms_label(kind: str) -> str:
    """A kind of CMS."""
    return str({"wordpress": "WordPress", "git": "Git", "endpoint": _("Your own endpoint")}[kind])


def apply_label(applied: CorrectionApply) -> str:
    """The state of a correction in the CMS."""
    if applied.status == "queued":
        trying = _("Applying in the CMS…") if applied.kind == "apply" else _("Reverting in the CMS…")
        return str(_("Trying again: %(why)s", why=why_refused(applied)) if applied.refusal else trying)
    if applied.status == "refused":
        return str(_("Not applied: %(why)s", why=why_refused(applied)))
    if applied.status == "canceled":
        return str(_("Canceled before it was applied"))
    if applied.kind == "revert":
        return str(_("Reverted in the CMS"))
    if applied.source_before == applied.source_after:
        return str(_("The article already reads as corrected"))
    return str(_("Applied in the CMS"))


def why_refused(applied: CorrectionApply) -> str:
    """The reason of a refusal, with the answer of the CMS."""
    return refusal_label(applied.refusal or "unreachable", applied.error or "")


def refusal_label(reason: str, detail: str = "") -> str:
    """Why the CMS did not do it, and what to do."""
    label = str(
        {
            "not_found": _("no article of the CMS belongs to this page"),
            "not_there": _("the passage is not in the source. Somebody may have corrected it"),
            "not_unique": _("the passage is not in the source exactly once. Correct it in the CMS"),
            "not_editable": _("the passage is code, or the change would touch markup. Correct it in the CMS"),
            "overlaps": _("another correction changed the same passage"),
            "in_trash": _("the article is in the trash of the CMS"),
            "changed": _("the article is being changed by somebody else"),
            "conflict": _("the repository has conflicting changes"),
            "unauthorized": _("the CMS refuses the account. Check it on the site's CMS page"),
            "unreachable": _("the CMS does not answer"),
            "private_address": _("the address is private and not allowed"),
            "misconfigured": _("the connection does not work. Check it on the site's CMS page"),
            "would_alter_markup": _("the account may not save this article without changing its markup"),
        }.get(reason, reason)
    )
    return f"{label} ({detail})" if detail else label


def connection_refusal(error: InvalidConnection) -> str:
    """The fault of a connection's setting, and its remedy."""
    rules = {
        "no_arrow": _("it has no arrow. Write /blog/{slug}/ → content/{slug}.md"),
        "other_names": _("the file uses names that the address lacks, or the address has one twice"),
        "braces": _("a name in braces has letters, digits and _ only"),
        "no_sign": _("put a sign between two names"),
        "outside": _("the file must be a path inside the repository"),
    }
    if error.reason in rules:
        return str(_("Rule “%(rule)s”: %(why)s", rule=error.rule, why=rules[error.reason]))
    labels = {
        "missing": _("Fill in this field."),
        "not_http": _("Enter an address such as https://news.example, without a password in it."),
        "not_https": _("Start with https://, because a password is sent to this address."),
        "branch": _("A branch has only letters, digits, dots, slashes and hyphens."),
    }
    return str(labels[error.reason])


def cms_hint(kind: str, field: str) -> str:
    """The hint of a field of a connection."""
    hints = {
        ("wordpress", "address"): _("The home page of WordPress, such as https://news.example"),
        ("wordpress", "user"): _("An account with the role Editor"),
        ("wordpress", "secret"): _("An application password: Users, Profile, Application Passwords"),
        ("git", "repository"): _("An https:// address of the repository"),
        ("git", "branch"): _("Empty: main"),
        ("git", "rule"): _("For example: /blog/{slug}/ → content/posts/{slug}.md"),
        ("git", "user"): _("Empty: the user name that most services take with a token"),
        ("git", "secret"): _("A token that may write to the repository"),
        ("endpoint", "address"): _("Your endpoint receives a signed POST with the correction"),
        ("endpoint", "secret"): _("The secret that signs the requests: whsec_…"),
    }
    if field == "purge_url":
        return str(_("Optional. Called after a correction; {url} becomes the address of the page"))
    return str(hints.get((kind, field), ""))
