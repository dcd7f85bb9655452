"""The desk: pages for editors. A view parses the request, calls one service and renders a template."""

from flask import Flask

from moderation.desk import attention, pages, site_switch
from moderation.desk.account import (
    account,
    accounts,
    confirm,
    confirm_identity,
    email,
    passkeys,
    require_two_factor,
    reset_and_invitation,
    security,
    session,
    sign_in,
    single_sign_on,
)
from moderation.desk.account import telegram as telegram_account
from moderation.desk.cases import bulk, case, cms, decision, downloads, house_word, live, queue, saved_queues
from moderation.desk.forms import PlainForm
from moderation.desk.insight import insight
from moderation.desk.sites import (
    blocked_readers,
    demo_removal,
    install,
    integrations,
    members,
    notifications,
    routing,
    settings,
    site_keys,
    sites,
)
from moderation.desk.sites import cms as site_cms
from moderation.desk.sites import telegram as telegram_bots
from moderation.desk.sites.tabs import TABS
from moderation.desk.undo import undo_offer
from moderation.domain.cases.lifecycle import allowed
from moderation.domain.text.difference import difference
from moderation.web.labels.account_events import event_label
from moderation.web.labels.accounts import device_label, role_label, scope_label
from moderation.web.labels.cases import (
    action_label,
    age_label,
    count_label,
    decider_name,
    empty_hint,
    empty_label,
    lang_label,
    shortcut_of,
    sort_label,
    status_label,
    tab_label,
    toast_texts,
)
from moderation.web.labels.causes import cause_label
from moderation.web.labels.cms import apply_label, cms_hint, cms_label
from moderation.web.labels.deliveries import delivery_label, event_type_label
from moderation.web.labels.insight import change_label, duration_label, speller_label
from moderation.web.labels.install import finding_label
from moderation.web.labels.kinds import kind_label
from moderation.web.labels.outbox import failure_label, topic_label
from moderation.web.labels.pages import (
    outcome_label,
    page_sort_label,
    page_state_label,
    passage_state_label,
    unread_label,
)
from moderation.web.labels.routes import by_label
from moderation.web.labels.sites import audit_label
from moderation.web.labels.triage import priority_figure, priority_label, spam_label

LABELS = (
    apply_label, cms_hint, cms_label,
    action_label, age_label, audit_label, cause_label, count_label, duration_label, empty_label, kind_label,
    lang_label, outcome_label, page_state_label, passage_state_label, priority_label, role_label, scope_label,
    empty_hint, page_sort_label,
    priority_figure, shortcut_of, sort_label, spam_label, status_label, tab_label, toast_texts, topic_label,
    failure_label, finding_label, unread_label, device_label, event_label, delivery_label, event_type_label,
    change_label, decider_name, speller_label, by_label,
)  # fmt: skip
"""Functions that templates call by their own names, as functions and as filters."""


def register(app: Flask) -> None:
    """Register the desk's blueprints, and its labels for templates."""
    for part in (
        sign_in, reset_and_invitation, single_sign_on, queue, live, bulk, saved_queues, case, cms, decision,
        house_word, pages, insight, downloads, sites, settings, demo_removal, install, integrations,
        site_cms, site_keys, members, notifications, account,
        telegram_account, telegram_bots, confirm, email, passkeys, require_two_factor, security, attention,
        accounts, routing, blocked_readers,
    ):  # fmt: skip
        app.register_blueprint(part.blueprint)
    session.register_login(app)
    require_two_factor.register(app)
    confirm_identity.register(app)
    site_switch.register(app)
    single_sign_on.register(app)
    app.jinja_env.globals.update(
        {label.__name__: label for label in LABELS},
        can_apply=cms.can_apply,
        to_revert=cms.to_revert,
        difference=difference,
        plain_form=PlainForm,
        site_tabs=TABS,
        steps_of_status=allowed,
    )
    app.jinja_env.filters.update({label.__name__: label for label in LABELS}, undo_offer=undo_offer)
