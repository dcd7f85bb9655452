"""The editors' pages: parse, call one service, render."""

from flask import Flask

from moderation.desk import pages
from moderation.desk.account import account, reset_and_invitation, session, sign_in, single_sign_on
from moderation.desk.cases import bulk, case, downloads, queue, saved_queues
from moderation.desk.forms import PlainForm
from moderation.desk.insight import insight
from moderation.desk.sites import members, sites
from moderation.domain.cases.lifecycle import allowed
from moderation.domain.text.difference import difference
from moderation.web.labels import cases as case_labels
from moderation.web.labels.kinds import kind_word


def register(app: Flask) -> None:
    """Add the desk's blueprints, and its words to the templates."""
    for part in (
        sign_in, reset_and_invitation, single_sign_on, queue, bulk, saved_queues, case, pages, insight,
        downloads, sites, members, account,
    ):  # fmt: skip
        app.register_blueprint(part.blueprint)
    session.register_login()
    single_sign_on.register(app)
    app.jinja_env.globals.update(
        status_word=case_labels.status_word,
        tab_word=case_labels.tab_word,
        count_word=case_labels.count_word,
        action_word=case_labels.action_word,
        kind_word=kind_word,
        role_word=case_labels.role_word,
        scope_word=case_labels.scope_word,
        audit_word=case_labels.audit_word,
        empty_word=case_labels.empty_word,
        priority_word=case_labels.priority_word,
        spam_word=case_labels.spam_word,
        state_word=case_labels.state_word,
        sort_word=case_labels.sort_word,
        fetch_word=case_labels.fetch_word,
        outcome_word=case_labels.outcome_word,
        difference=difference,
        plain_form=PlainForm,
        steps_of_status=allowed,
    )
    app.jinja_env.filters.update(
        kind_word=kind_word,
        lang_word=case_labels.lang_word,
        age_word=case_labels.age_word,
        duration_word=case_labels.duration_word,
    )
