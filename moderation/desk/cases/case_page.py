"""Render a case: its own page, and the reading pane beside the queue."""

from uuid import UUID

from flask import render_template, request
from flask_babel import gettext

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.cases.folded_reports import fold_reports
from moderation.desk.forms import StepForm
from moderation.domain.sites.links import cms_link, text_link
from moderation.models import Case
from moderation.services.accounts.access import may_decide, may_run
from moderation.services.cases.apply_queue import applies_of
from moderation.services.cases.assign import assignable
from moderation.services.cases.decide import same_elsewhere, steps_for
from moderation.services.cases.page_view import block_now, cases_beside
from moderation.services.cases.pairs import MOST_COUNTED, same_pair
from moderation.services.cases.presence import Presence
from moderation.services.cases.queue import case_beside
from moderation.services.cases.read import decisions_of, get_case, reports_of
from moderation.services.cases.rejection_reasons import reasons_for
from moderation.services.cases.resolve import resolved
from moderation.services.outbox.deliveries import deliveries_of_case
from moderation.services.triage.undo_merge import merged_cases
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

_REPORTS = 50
_REPORTS_IN_PANE = 20
_MOST_BESIDE = 5
"""Other cases of the page that are listed at once."""


def find_case(case_id: UUID) -> Case:
    """Return the case, if the signed-in editor may see it. Raises UnknownCase."""
    return get_case(db_session(), signed_in(), case_id)


def case_page(case: Case, form: StepForm, *, override: bool = False) -> str:
    """Return the page as HTML. With `override` it offers to decide a case that another editor closed."""
    session, editor = db_session(), signed_in()
    cursor, query = request.args.get("cursor") or None, QueueQuery(request.args, editor.id, leaves_out=True)
    wanted, decides = resolved(session, editor, query.filter), may_decide(editor, case.site_id)
    reports = reports_of(session, case, cursor=cursor, limit=_REPORTS)
    return render_template(
        "desk/case.html",
        reports=reports,
        folded=fold_reports(reports.items),
        most_beside=_MOST_BESIDE,
        cursor=cursor,
        following=case_beside(session, editor, wanted, case),
        previous=case_beside(session, editor, wanted, case, before=True),
        override=override and decides,
        beside=cases_beside(session, case),
        sent=deliveries_of_case(session, case.id),
        merged=merged_cases(session, case),
        merged_into=session.get(Case, case.merged_into_id) if case.merged_into_id else None,
        may_decide=decides,
        can_split=decides and case.status == "open" and case.report_count > 1,
        can_merge=decides and case.status == "open",
        assignable=assignable(session, [case.site_id]) if decides else (),
        looking=Presence(wiring().redis).of_others(editor, [case.id]).get(case.id),
        **_parts(case, form, query),
    )


def case_pane(case: Case) -> str:
    """Return the reading pane as a fragment of HTML. It holds no secret, so it may be compressed."""
    query, form = (
        QueueQuery(request.args, signed_in().id, leaves_out=True),
        StepForm(formdata=None, meta={"csrf": False}),
    )
    reports = reports_of(db_session(), case, limit=_REPORTS_IN_PANE)
    return render_template(
        "desk/pane.html",
        reports=reports,
        folded=fold_reports(reports.items),
        may_decide=may_decide(signed_in(), case.site_id),
        **_parts(case, form, query),
    )


def _parts(case: Case, form: StepForm, query: QueueQuery) -> dict[str, object]:
    """Return what both templates show."""
    session, settings = db_session(), case.site.settings
    return {
        "case": case,
        "form": form,
        "query": query,
        "steps": steps_for(signed_in(), case),
        "decisions": decisions_of(session, case),
        "applied": applies_of(session, case),
        "elsewhere": same_elsewhere(session, case),
        "block": block_now(session, case),
        "pair": same_pair(session, case),
        "most_counted": MOST_COUNTED,
        "can_add_word": may_run(signed_in(), case.site_id) and case.exact not in settings.word_list,
        "at_page": text_link(case.page.url, exact=case.exact, prefix=case.prefix, suffix=case.suffix),
        "cms_link": cms_link(settings.cms_link, case.page.url),
        "reasons": reasons_for(settings, gettext),
    }
