"""The list of pages with open cases, and one page with its cases in its text."""

from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.forms import StepForm
from moderation.domain.sites import limits
from moderation.domain.sites.links import cms_link
from moderation.services.accounts.access import may_decide, sites_of
from moderation.services.cases.busy_pages import PAGE_SORTS, busy_pages
from moderation.services.cases.decide import steps_for
from moderation.services.cases.page_view import last_edit, view_page
from moderation.services.cases.read import last_decisions
from moderation.services.recheck.request import request_recheck
from moderation.web.extensions import db_session
from moderation.web.labels.cases import decider_name

blueprint = Blueprint("page", __name__, url_prefix="/desk/pages")


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def index() -> str:
    """Pages with open and accepted cases, as the URL sorts and searches them."""
    session, editor, args = db_session(), signed_in(), request.args
    site = QueueQuery({"site": args.get("site", "")}, editor.id).filter.site
    q = args.get("q", "").strip()[: limits.SEARCH_LENGTH]
    sort = next((name for name in PAGE_SORTS if name == args.get("sort")), PAGE_SORTS[0])
    busy = busy_pages(session, editor, site, q=q, sort=sort, part=args.get("part", 1, type=int))
    return render_template(
        "desk/pages.html",
        pages=busy.rows,
        next_part=busy.next_part,
        q=q,
        sort=sort,
        sorts=PAGE_SORTS,
        sites={one.id: one.name for one in sites_of(session, editor)},
        given={name: args[name] for name in ("site", "q", "sort") if args.get(name)},
    )


@blueprint.get("/<uuid:page_id>")
@login_required  # type: ignore[untyped-decorator]
def show(page_id: UUID) -> str:
    """One page, its cases in reading order."""
    session = db_session()
    view = view_page(session, signed_in(), page_id)
    decisions = last_decisions(session, [case.id for case in view.accepted])
    can_decide = may_decide(signed_in(), view.site.id)
    return render_template(
        "desk/page.html",
        view=view,
        ready=view.with_suggestion if can_decide else 0,
        changed=last_edit(session, view.page),
        deciders={case.id: decider_name(decisions.get(case.id)) for case in view.accepted},
        form=StepForm(formdata=None),
        steps_for=partial(steps_for, signed_in()),
        cms_link=cms_link(view.site.settings.cms_link, view.page.url),
    )


@blueprint.post("/<uuid:page_id>/check")
@login_required  # type: ignore[untyped-decorator]
def check(page_id: UUID) -> Response:
    """Ask for a check of the page now."""
    view = view_page(db_session(), signed_in(), page_id)
    request_recheck(db_session(), signed_in(), view.page.url, datetime.now(UTC))
    flash(_("Checking the page…"), "info")
    case_id = request.args.get("case", type=UUID)
    return redirect(
        url_for("case.show", case_id=case_id) if case_id else url_for("page.show", page_id=page_id)
    )
