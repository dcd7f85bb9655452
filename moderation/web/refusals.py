"""Table of refusals: the status, problem type and sentence for each exception."""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import lazy_gettext

from moderation.domain.cases.lifecycle import CorrectionNotAllowed, StepNotAllowed
from moderation.domain.sites.urls import InvalidUrl
from moderation.services.accounts.access import Forbidden, NotAdmin, NotOwner
from moderation.services.accounts.administer import OwnAccount, UnknownAccount
from moderation.services.accounts.email_change import UnknownEmailChange
from moderation.services.accounts.password_hash import TooManyPasswords
from moderation.services.accounts.password_reset import UnknownReset
from moderation.services.accounts.second_factor import OwnTwoFactorMissing, TwoFactorRequired
from moderation.services.cases.apply import CannotRevert
from moderation.services.cases.apply_queue import NoCms, NothingToApply
from moderation.services.cases.assign import CannotAssign
from moderation.services.cases.bulk import CannotUndo, UnknownBulk
from moderation.services.cases.decide import Stale
from moderation.services.cases.page_view import UnknownPage as UnknownPageAtDesk
from moderation.services.cases.read import UnknownCase
from moderation.services.insight.stats import LONGEST, InvalidPeriod
from moderation.services.intake.accept import Reason
from moderation.services.intake.proof_of_work import Unproven
from moderation.services.intake.receipts import UnknownReceipt
from moderation.services.notify.subscribers import UnknownSubscriber
from moderation.services.outbox.attention import UnknownMessage
from moderation.services.outbox.deliveries import UnknownDelivery
from moderation.services.paging import InvalidCursor
from moderation.services.recheck.request import UnknownPage
from moderation.services.sites.directory import UnknownSite, UnknownSiteKey
from moderation.services.sites.members import UnknownInvitation, UnknownMember
from moderation.services.sites.server_keys import MOST as MOST_SERVER_KEYS
from moderation.services.sites.server_keys import MissingServerKey, TooManyServerKeys, UnknownServerKey
from moderation.services.triage.merge_split import CannotRegroup


class Refusal(NamedTuple):
    """Response for one kind of exception. `%(why)s` in `detail` is the exception's text."""

    status: int
    type: str
    """Name of the problem type, see `Problem`."""
    detail: str
    pointer: str | None = None
    """The field of the body or query that is wrong."""
    desk_status: int | None = None
    """The status on pages, if it differs: a wrong page address is 404 there, not a wrong field."""
    page_detail: str | None = None
    """The sentence on pages, if it differs: who opens a link knows no headers."""


REFUSALS: Mapping[type[Exception], Refusal] = {
    Forbidden: Refusal(403, "role", lazy_gettext("You have view-only access to this site.")),
    NotAdmin: Refusal(403, "role", lazy_gettext("Only site admins can do this.")),
    NotOwner: Refusal(403, "role", lazy_gettext("Only owners can do this.")),
    TwoFactorRequired: Refusal(
        403,
        "two-factor-required",
        lazy_gettext("This account must use two-factor authentication. Set it up at the desk."),
    ),
    TooManyPasswords: Refusal(
        429,
        "too-many",
        lazy_gettext("Too many people are signing in at once. Try again in a few seconds."),
    ),
    OwnTwoFactorMissing: Refusal(
        403,
        "two-factor-required",
        lazy_gettext("Turn on two-factor authentication in your own profile before you require it."),
    ),
    UnknownAccount: Refusal(404, "unknown-account", lazy_gettext("This account does not exist.")),
    OwnAccount: Refusal(409, "own-account", lazy_gettext("Ask another owner to do this with your account.")),
    UnknownCase: Refusal(
        404, "unknown-case", lazy_gettext("This case does not exist, or you have no access to it.")
    ),
    UnknownPage: Refusal(
        404, "unknown-page", lazy_gettext("No report on your sites refers to this page."), "/url"
    ),
    UnknownPageAtDesk: Refusal(
        404, "unknown-page", lazy_gettext("This page does not exist, or you have no access to it.")
    ),
    UnknownBulk: Refusal(404, "unknown-bulk", lazy_gettext("Not found, or you have no access to it.")),
    UnknownSite: Refusal(
        404, "unknown-site", lazy_gettext("This site does not exist, or you have no access to it.")
    ),
    UnknownSiteKey: Refusal(
        401,
        "unknown-site-key",
        lazy_gettext("The site key (X-Site-Key) is missing or unknown. Copy it from the site's settings."),
        desk_status=404,
        page_detail=lazy_gettext("This link names no site that takes reports. Ask the site for a new link."),
    ),
    UnknownServerKey: Refusal(
        401,
        "unknown-server-key",
        lazy_gettext("The server key (sk_…) is unknown or was revoked. Create one in the site's settings."),
    ),
    MissingServerKey: Refusal(
        404, "missing-server-key", lazy_gettext("The site has no such server key: it was revoked.")
    ),
    TooManyServerKeys: Refusal(
        422,
        "too-many-server-keys",
        lazy_gettext("A site can have %(num)d server keys. Revoke one first.", num=MOST_SERVER_KEYS),
    ),
    UnknownMessage: Refusal(
        404, "unknown-message", lazy_gettext("This work is done, or it belongs to another site.")
    ),
    UnknownSubscriber: Refusal(
        404, "unknown-subscriber", lazy_gettext("Not found, or you have no access to it.")
    ),
    UnknownDelivery: Refusal(
        404, "unknown-delivery", lazy_gettext("This delivery was deleted. Deliveries are kept for 30 days.")
    ),
    Unproven: Refusal(403, "proof-of-work", lazy_gettext("Proof of work required: %(why)s.")),
    UnknownMember: Refusal(404, "unknown-member", lazy_gettext("This person is not a member of the site.")),
    UnknownInvitation: Refusal(
        404,
        "unknown-link",
        lazy_gettext("This invitation link is invalid or has expired. Ask for a new one."),
    ),
    UnknownReset: Refusal(
        404, "unknown-link", lazy_gettext("This link is invalid or has expired. Request a new one.")
    ),
    UnknownEmailChange: Refusal(
        404, "unknown-link", lazy_gettext("This link is invalid or has expired. Request a new one.")
    ),
    UnknownReceipt: Refusal(
        404, "unknown-receipt", lazy_gettext("Report not found. Check that you copied the whole link.")
    ),
    NoCms: Refusal(
        422, "no-cms", lazy_gettext("This site has no CMS. An admin connects one on the site's CMS page.")
    ),
    NothingToApply: Refusal(
        422, "nothing-to-apply", lazy_gettext("This case has no correction yet. Write it first.")
    ),
    CannotRevert: Refusal(409, "cannot-revert", lazy_gettext("This can no longer be reverted.")),
    Stale: Refusal(409, "stale-version", lazy_gettext("The case has changed. Load it and try again.")),
    CannotUndo: Refusal(409, "cannot-undo", lazy_gettext("This can no longer be undone.")),
    StepNotAllowed: Refusal(422, "action-not-allowed", "%(why)s", "/action"),
    CorrectionNotAllowed: Refusal(
        422,
        "correction-not-allowed",
        "%(why)s",
        "/correction",
        page_detail=lazy_gettext("This action takes no correction. Leave it out."),
    ),
    CannotAssign: Refusal(
        422, "cannot-assign", lazy_gettext("This person cannot decide cases on this site."), "/assignee"
    ),
    CannotRegroup: Refusal(
        422, "cannot-regroup", lazy_gettext("These cases cannot be merged or split: %(why)s.")
    ),
    InvalidCursor: Refusal(
        422,
        "invalid-request",
        lazy_gettext("This page of the list does not exist."),
        "/cursor",
        desk_status=404,
    ),
    InvalidUrl: Refusal(
        422,
        "invalid-request",
        "%(why)s",
        "/url",
        desk_status=404,
        page_detail=lazy_gettext("This is not the address of a page."),
    ),
    InvalidPeriod: Refusal(
        422,
        "invalid-request",
        lazy_gettext("Choose a period of up to %(days)d days.", days=LONGEST),
        "/from",
        desk_status=404,
    ),
}


REPORT_STATUSES: Mapping[Reason, int] = {"foreign_page": 403, "foreign_origin": 403, "blocked_reader": 403}
"""The statuses of refused reports; 422 for every other reason."""
