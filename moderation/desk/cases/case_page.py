"""Render a case's page: passage, reports, history, and the actions that the editor may use."""

from uuid import UUID

from flask import render_template, request

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.forms import StepForm
from moderation.domain.sites.links import cms_link, text_link
from moderation.models import Case
from moderation.services.accounts.access import may_decide
from moderation.services.cases.assign import assignable
from moderation.services.cases.decide import same_elsewhere, steps_for
from moderation.services.cases.page_view import cases_beside, passage_now
from moderation.services.cases.presence import Presence
from moderation.services.cases.read import decisions_of, get_case, reports_of
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

_REPORTS = 50


def find_case(case_id: UUID) -> Case:
    """Return the case, if the signed-in editor may see it. Raises UnknownCase."""
    return get_case(db_session(), signed_in(), case_id)


def case_page(case: Case, form: StepForm, *, override: bool = False) -> str:
    """Return the page as HTML. With `override` it offers to decide a case that another editor closed."""
    session, editor, settings = db_session(), signed_in(), case.site.settings
    cursor = request.args.get("cursor") or None
    decides = may_decide(editor, case.site_id)
    return render_template(
        "desk/case.html",
        case=case,
        reports=reports_of(session, case, cursor=cursor, limit=_REPORTS),
        cursor=cursor,
        decisions=decisions_of(session, case),
        form=form,
        steps=steps_for(editor, case),
        override=override and decides,
        query=QueueQuery(request.args, editor.id),
        elsewhere=same_elsewhere(session, case),
        beside=cases_beside(session, case),
        now_there=passage_now(session, case),
        at_page=text_link(case.page.url, exact=case.exact, prefix=case.prefix, suffix=case.suffix),
        cms_link=cms_link(settings.cms_link, case.page.url),
        reasons=settings.reject_reasons,
        may_decide=decides,
        can_split=decides and case.status == "open" and case.report_count > 1,
        can_merge=decides and case.status == "open",
        assignable=assignable(session, [case.site_id]) if decides else (),
        looking=Presence(wiring().redis).of_others(editor, [case.id]).get(case.id),
    )
