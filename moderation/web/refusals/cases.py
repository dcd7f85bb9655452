"""Refusals about cases, pages, queues and figures."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from moderation.domain.cases.lifecycle import CorrectionNotAllowed, StepNotAllowed
from moderation.domain.sites.urls import InvalidUrl
from moderation.services.cases import saved_queues
from moderation.services.cases.apply import CannotRevert
from moderation.services.cases.apply_queue import NoCms, NothingToApply
from moderation.services.cases.assign import CannotAssign
from moderation.services.cases.bulk import CannotUndo, UnknownBulk
from moderation.services.cases.decide import Stale
from moderation.services.cases.page_view import UnknownPage as UnknownPageAtDesk
from moderation.services.cases.read import UnknownCase
from moderation.services.insight.stats import LONGEST, InvalidPeriod
from moderation.services.paging import InvalidCursor
from moderation.services.recheck.request import UnknownPage
from moderation.services.triage.merge_split import CannotRegroup
from moderation.web.labels.errors import NOT_FOUND
from moderation.web.labels.refusals import regroup_refusal, step_refusal
from moderation.web.refusals.row import Refusal

REFUSALS: Mapping[type[Exception], Refusal] = {
    UnknownCase: Refusal(
        404, "unknown-case", lazy_gettext("This case does not exist, or you have no access to it.")
    ),
    UnknownPage: Refusal(
        404, "unknown-page", lazy_gettext("No report on your sites refers to this page."), "/url"
    ),
    UnknownPageAtDesk: Refusal(
        404, "unknown-page", lazy_gettext("This page does not exist, or you have no access to it.")
    ),
    UnknownBulk: Refusal(404, "unknown-bulk", NOT_FOUND),
    NoCms: Refusal(
        422, "no-cms", lazy_gettext("This site has no CMS. An admin connects one on the site's CMS page.")
    ),
    NothingToApply: Refusal(
        422, "nothing-to-apply", lazy_gettext("This case has no correction yet. Write it first.")
    ),
    CannotRevert: Refusal(409, "cannot-revert", lazy_gettext("This can no longer be reverted.")),
    Stale: Refusal(409, "stale-version", lazy_gettext("The case has changed. Load it and try again.")),
    CannotUndo: Refusal(409, "cannot-undo", lazy_gettext("This can no longer be undone.")),
    StepNotAllowed: Refusal(422, "action-not-allowed", "%(why)s", "/action", page_why=step_refusal),
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
        422,
        "cannot-regroup",
        lazy_gettext("These cases cannot be merged or split: %(why)s."),
        "/{field}",
        page_why=regroup_refusal,
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
        page_detail=lazy_gettext("Enter the address of a page, such as https://news.example/"),
    ),
    InvalidPeriod: Refusal(
        422,
        "invalid-request",
        lazy_gettext("Choose a period of up to %(days)d days.", days=LONGEST),
        "/from",
        desk_status=404,
    ),
    saved_queues.TooManyViews: Refusal(
        422,
        "invalid-request",
        lazy_gettext("You can save up to %(most)d views. Delete one first.", most=saved_queues.MOST),
        "/name",
    ),
    saved_queues.InvalidName: Refusal(
        422,
        "invalid-request",
        lazy_gettext("Enter a name of up to %(num)d characters.", num=saved_queues.LONGEST_NAME),
        "/name",
    ),
    saved_queues.NameTaken: Refusal(
        422,
        "invalid-request",
        lazy_gettext("You have a view with this name already. Choose another name."),
        "/name",
    ),
    saved_queues.UnknownView: Refusal(404, "not-found", lazy_gettext("This view was deleted.")),
}
