"""Refusals about reports: keys of sites and servers, proofs of work, receipts, mail to readers."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from moderation.services.intake.accept import Reason
from moderation.services.intake.fix_notices import InvalidAddress, TooManyNotices
from moderation.services.intake.proof_of_work import Unproven
from moderation.services.intake.receipts import UnknownReceipt
from moderation.services.sites.directory import UnknownSiteKey
from moderation.services.sites.server_keys import UnknownServerKey
from moderation.web.refusals.accounts import INVALID_EMAIL
from moderation.web.refusals.row import Refusal

REFUSALS: Mapping[type[Exception], Refusal] = {
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
    Unproven: Refusal(403, "proof-of-work", lazy_gettext("Proof of work required: %(why)s.")),
    UnknownReceipt: Refusal(
        404, "unknown-receipt", lazy_gettext("Report not found. Check that you copied the whole link.")
    ),
    InvalidAddress: INVALID_EMAIL,
    TooManyNotices: Refusal(
        429,
        "too-many",
        lazy_gettext("Too many emails are waiting for this address. Use another one, or keep this link."),
    ),
}

REPORT_STATUSES: Mapping[Reason, int] = {"foreign_page": 403, "foreign_origin": 403, "blocked_reader": 403}
"""The statuses of refused reports; 422 for every other reason."""
