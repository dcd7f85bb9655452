"""Refusals of services in the language of the page. Their own texts are English, for the API and logs."""

from flask_babel import gettext as _

from moderation.domain.cases.lifecycle import StepNotAllowed
from moderation.services.accounts.identity import InvalidIdentity
from moderation.services.sites.add import MOST_ORIGINS, InvalidSettings
from moderation.services.triage.merge_split import CannotRegroup
from moderation.web.labels.accounts import ONE_LINE, OWN_FACTOR_MISSING
from moderation.web.labels.cases import status_label
from moderation.web.labels.sites import setting_error


def step_refusal(error: StepNotAllowed) -> str:
    """The reason why a case does not allow an action."""
    if error.is_empty:
        return str(_("This case has no reports any more, so it cannot be changed."))
    return str(_("A case with this status does not allow this action: %(s)s.", s=status_label(error.status)))


def regroup_refusal(error: CannotRegroup) -> str:
    """The reason why cases cannot be merged or split."""
    labels = {
        "no case was named": _("no case was named"),
        "a case cannot be merged with itself": _("a case cannot be merged with itself"),
        "the cases are on different pages": _("the cases are on different pages"),
        "a closed case keeps its reports: reopen it first": _(
            "a closed case keeps its reports: reopen it first"
        ),
        "the other case has no reports any more": _("the other case has no reports any more"),
        "not all of these reports are in the case": _("not all of these reports are in the case"),
        "a case keeps at least one report": _("a case keeps at least one report"),
        "this case was not merged into another one": _("this case was not merged into another one"),
        "the other case is closed: reopen it first": _("the other case is closed: reopen it first"),
        "one of the cases would have no reports": _("one of the cases would have no reports"),
    }
    return str(labels.get(str(error), error))


def settings_refusal(error: InvalidSettings) -> str:
    """The reason why settings of a site were not saved."""
    labels = {
        "no_origin": _("Enter at least one domain."),
        "two_factor": OWN_FACTOR_MISSING,
        "name": ONE_LINE,
        "many_origins": _("A site can have at most %(num)d domains.", num=MOST_ORIGINS),
        "header_name": _("A header name can contain only letters, digits and hyphens."),
        "header_reserved": _("This header is needed for the request itself. Choose another name."),
        "header_value": _("A header value has 1 to 1,000 visible ASCII characters."),
    }
    return str(labels.get(error.reason) or setting_error(error.field))


def sign_in_refusal(error: InvalidIdentity) -> str:
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
    return sign_in_failed(reason)


def sign_in_failed(reason: str) -> str:
    """A sign-in at the identity provider that failed, with the reason as a sentence."""
    return str(_("Sign-in failed. %(reason)s", reason=reason))
