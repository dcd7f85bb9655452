"""Telegram bots of a site: add one, and test its connection. integrations.py shows and removes them."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.refusals import refusals_flashed
from moderation.desk.sites.integration_forms import BotForm, saved
from moderation.desk.sites.sites import site_to_run
from moderation.models import Site, Subscriber
from moderation.services.notify import subscribers, telegram_bots
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.pages.outbound import Outbound
from moderation.services.pages.proxy import Proxies
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("telegram_bots", __name__, url_prefix="/desk/sites/<uuid:site_id>/integrations")


@blueprint.route("/telegram", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def new(site_id: UUID) -> str | Response | tuple[str, int]:
    """Add a bot."""
    site, form = site_to_run(site_id), BotForm()
    if form.is_submitted():
        confirm_identity()
    made = saved(form, lambda: save_bot(site, None, form))
    if made is not None:
        flash(_("Connected: %(name)s", name=f"@{made.settings['username']}"), "info")
        return _back(site, made)
    page = render_template("desk/telegram_form.html", site=site, form=form)
    return page, 422 if form.is_submitted() else 200


def save_bot(site: Site, subscriber: Subscriber | None, form: BotForm) -> Subscriber:
    """Store what the form holds. Raises InvalidSubscriber."""
    if form.secret.data:
        confirm_identity()
    return telegram_bots.save_bot(db_session(), signed_in(), site, subscriber, setup(), **form.values())


def setup() -> telegram_bots.BotSetup:
    """Return what setting up bots needs."""
    settings = wiring().settings
    api = make_bot_api(Outbound(settings.private_hosts, Proxies.from_env()), settings.telegram_api)
    return telegram_bots.BotSetup(api, settings.secret_keys, settings.base_url)


@blueprint.post("/<uuid:subscriber_id>/connection")
@login_required  # type: ignore[untyped-decorator]
def test_connection(site_id: UUID, subscriber_id: UUID) -> Response:
    """Ask Telegram whether it knows the bot, and connect it anew."""
    site = site_to_run(site_id)
    bot = subscribers.get_subscriber(db_session(), site, subscriber_id)
    with refusals_flashed():
        username = telegram_bots.reconnect(db_session(), bot, setup())
        flash(_("Connected: %(name)s", name=f"@{username}"), "info")
        if bot.settings.get("chat"):
            subscribers.send_test(db_session(), bot, datetime.now(UTC))
            flash(_("Test queued. Reload the page in a few seconds to see the answer."), "info")
    return _back(site, bot)


def _back(site: Site, subscriber: Subscriber) -> Response:
    return redirect(url_for("integrations.show", site_id=site.id, subscriber_id=subscriber.id))
