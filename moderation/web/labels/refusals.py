"""Refusals of services in the language of the page. Their own texts are English, for the API and logs."""

from flask_babel import gettext as _

from moderation.domain.cases.lifecycle import StepNotAllowed
from moderation.services.accounts.editors import InvalidAccount
from moderation.services.sites.add import MOST_ORIGINS, InvalidSettings
from moderation.web.labels.cases import status_label


def step_refusal(error: StepNotAllowed) -> str:
    """The reason why a case does not allow an action."""
    if error.is_empty:
        return str(_("This case has no reports any more, so it cannot be changed."))
    return str(_("A case with this status does not allow this action: %(s)s.", s=status_label(error.status)))


def settings_refusal(error: InvalidSettings) -> str:
    """The reason why settings of a site were not saved."""
    labels = {
        "no_origin": _("Enter at least one domain."),
        "two_factor": _("Turn on two-factor authentication in your own profile before you require it."),
        "name": _("A name cannot contain line breaks or control characters."),
        "many_origins": _("A site can have at most %(num)d domains.", num=MOST_ORIGINS),
        "header_name": _("A header name can contain only letters, digits and hyphens."),
        "header_reserved": _("This header is needed for the request itself. Choose another name."),
        "header_value": _("A header value has 1 to 1,000 visible ASCII characters."),
    }
    return str(labels.get(error.reason, _("This value is not allowed.")))


def sign_in_refusal(error: InvalidAccount) -> str:
    """The reason why an identity provider's answer opens no account."""
    labels = {
        "disabled": _("This account is disabled. Ask an owner to enable it."),
        "linked": _("This email belongs to another account of the identity provider."),
        "unverified": _("An account with this email exists, but the identity provider has not verified it."),
        "no_email": _("The identity provider sent no email."),
        "no_subject": _("The identity provider sent no user ID (sub)."),
        "groups": _("The groups from the identity provider are not a list of names."),
    }
    reason = labels.get(error.reason, _("The identity provider sent a wrong email or name."))
    return str(_("Sign-in failed. %(reason)s", reason=reason))
