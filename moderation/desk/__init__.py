"""The editors' pages: parse, call one service, render."""

from flask import Flask

from moderation.desk import (
    account,
    bulk,
    case,
    files,
    insight,
    links,
    members,
    pages,
    queue,
    session,
    sign_in,
    single_sign_on,
    sites,
    views,
    words,
)
from moderation.desk.forms import PlainForm
from moderation.domain.difference import difference
from moderation.domain.lifecycle import allowed
from moderation.kind_words import kind_word


def register(app: Flask) -> None:
    """Add the desk's blueprints, and its words to the templates."""
    for part in (
        sign_in, links, single_sign_on, queue, bulk, views, case, pages, insight, files, sites, members,
        account,
    ):  # fmt: skip
        app.register_blueprint(part.blueprint)
    session.register_login()
    single_sign_on.register(app)
    app.jinja_env.globals.update(
        status_word=words.status_word,
        tab_word=words.tab_word,
        count_word=words.count_word,
        action_word=words.action_word,
        kind_word=kind_word,
        role_word=words.role_word,
        scope_word=words.scope_word,
        audit_word=words.audit_word,
        empty_word=words.empty_word,
        priority_word=words.priority_word,
        spam_word=words.spam_word,
        state_word=words.state_word,
        sort_word=words.sort_word,
        fetch_word=words.fetch_word,
        outcome_word=words.outcome_word,
        difference=difference,
        plain_form=PlainForm,
        steps_of_status=allowed,
    )
    app.jinja_env.filters.update(
        kind_word=kind_word,
        lang_word=words.lang_word,
        age_word=words.age_word,
        duration_word=words.duration_word,
    )
