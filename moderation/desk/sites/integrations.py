"""Integrations of a site: its webhooks and channels, with the deliveries of each."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.confirm_identity import confirm_identity
from moderation.desk.account.session import signed_in
from moderation.desk.refusals import refusals_flashed
from moderation.desk.sites.integration_forms import BotForm, ChannelForm, WebhookForm, saved, say_kept
from moderation.desk.sites.sites import site_to_run
from moderation.desk.sites.telegram import save_bot, setup
from moderation.models import Site, Subscriber
from moderation.services.notify import subscribers
from moderation.services.notify.channel import KIND as CHANNEL
from moderation.services.notify.channels import save_channel
from moderation.services.notify.telegram_bots import bot_of, disconnect
from moderation.services.notify.telegram_secrets import KIND as TELEGRAM
from moderation.services.outbox import deliveries
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

_Form = ChannelForm | WebhookForm | BotForm
_FORMS: dict[str, type[_Form]] = {CHANNEL: ChannelForm, TELEGRAM: BotForm}
blueprint = Blueprint("integrations", __name__, url_prefix="/desk/sites/<uuid:site_id>/integrations")


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def index(site_id: UUID) -> str:
    """List the webhooks and channels of the site."""
    site = site_to_run(site_id)
    return render_template(
        "desk/site_integrations.html",
        site=site,
        subscribers=subscribers.subscribers_of(db_session(), site),
        counts=deliveries.count_by_state(db_session(), site.id),
    )


@blueprint.route("/webhooks", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def new_webhook(site_id: UUID) -> str | tuple[str, int]:
    """Add a webhook, and show its secret once."""
    site, form = site_to_run(site_id), WebhookForm()
    if form.is_submitted():
        confirm_identity()
    added = saved(
        form,
        lambda: subscribers.add_webhook(
            db_session(),
            signed_in(),
            site,
            name=form.name.data,
            url=form.url.data,
            events=form.events.data,
            secret_keys=wiring().settings.secret_keys,
        ),
    )
    if added is not None:
        return _secret_page(site, *added)
    page = render_template("desk/webhook_form.html", site=site, form=form, subscriber=None)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/channels", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def new_channel(site_id: UUID) -> str | Response | tuple[str, int]:
    """Add a channel of a chat."""
    site, form = site_to_run(site_id), ChannelForm()
    if form.is_submitted():
        confirm_identity()
    made = saved(form, lambda: _save_channel(site, None, form))
    if made is not None:
        return _back(site, made)
    page = render_template("desk/channel_form.html", site=site, form=form)
    return page, 422 if form.is_submitted() else 200


def _save_channel(site: Site, subscriber: Subscriber | None, form: ChannelForm) -> Subscriber:
    return save_channel(
        db_session(),
        signed_in(),
        site,
        subscriber,
        secret_keys=wiring().settings.secret_keys,
        **form.values(),
    )


@blueprint.route("/<uuid:subscriber_id>", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def show(site_id: UUID, subscriber_id: UUID) -> str | Response | tuple[str, int]:
    """A webhook or channel: its settings, and its deliveries."""
    site, subscriber = _find(site_id, subscriber_id)
    values = {"events": subscriber.hears, **subscriber.settings}
    form = _FORMS.get(subscriber.kind, WebhookForm)(obj=subscriber, data=values)
    if not isinstance(form, WebhookForm):
        say_kept(form.url if isinstance(form, ChannelForm) else form.secret)
    if saved(form, lambda: _change(site, subscriber, form)) is not None:
        flash(_("Settings saved"), "info")
        return _back(site, subscriber)
    listed = deliveries.list_deliveries(db_session(), subscriber, cursor=request.args.get("cursor") or None)
    page = render_template(
        "desk/subscriber.html",
        site=site,
        subscriber=subscriber,
        form=form,
        found=listed,
        bot=bot_of(db_session(), subscriber.id),
    )
    return page, 422 if form.is_submitted() else 200


def _change(site: Site, subscriber: Subscriber, form: _Form) -> Subscriber:
    """Store the form. Another address needs a confirmed identity: it leads the site's data elsewhere."""
    entered, before = (
        (form.chat.data, subscriber.settings.get("chat"))
        if isinstance(form, BotForm)
        else (form.url.data, subscriber.settings.get("url"))
    )
    if (entered or "").strip() not in ("", str(before or "")):
        confirm_identity()
    if isinstance(form, ChannelForm):
        return _save_channel(site, subscriber, form)
    if isinstance(form, BotForm):
        return save_bot(site, subscriber, form)
    subscribers.change_webhook(
        db_session(),
        signed_in(),
        site,
        subscriber,
        name=form.name.data,
        url=form.url.data,
        events=form.events.data,
        is_on=form.is_on.data,
    )
    return subscriber


@blueprint.post("/<uuid:subscriber_id>/secret")
@login_required  # type: ignore[untyped-decorator]
def rotate(site_id: UUID, subscriber_id: UUID) -> str | Response:
    """Make a new secret, and show it once."""
    site, subscriber = _find(site_id, subscriber_id)
    confirm_identity()
    key = wiring().settings.secret_keys
    with refusals_flashed():
        secret = subscribers.rotate(
            db_session(), signed_in(), site, subscriber, datetime.now(UTC), secret_keys=key
        )
        return _secret_page(site, subscriber, secret)
    return _back(site, subscriber)


@blueprint.post("/<uuid:subscriber_id>/test")
@login_required  # type: ignore[untyped-decorator]
def test(site_id: UUID, subscriber_id: UUID) -> Response:
    """Send a test."""
    site, subscriber = _find(site_id, subscriber_id)
    subscribers.send_test(db_session(), subscriber, datetime.now(UTC))
    flash(_("Test queued. Reload the page in a few seconds to see the answer."), "info")
    return _back(site, subscriber)


@blueprint.post("/<uuid:subscriber_id>/try-now")
@login_required  # type: ignore[untyped-decorator]
def try_now(site_id: UUID, subscriber_id: UUID) -> Response:
    """Try everything again that waits or failed."""
    site, subscriber = _find(site_id, subscriber_id)
    deliveries.try_now(db_session(), subscriber, datetime.now(UTC))
    flash(_("The worker tries again in a few seconds"), "info")
    return _back(site, subscriber)


@blueprint.post("/<uuid:subscriber_id>/deliveries/<int:delivery_id>")
@login_required  # type: ignore[untyped-decorator]
def send_again(site_id: UUID, subscriber_id: UUID, delivery_id: int) -> Response:
    """Send one delivery again."""
    site, subscriber = _find(site_id, subscriber_id)
    deliveries.send_again(db_session(), subscriber, delivery_id, datetime.now(UTC))
    flash(_("The worker tries again in a few seconds"), "info")
    return _back(site, subscriber)


@blueprint.post("/<uuid:subscriber_id>/remove")
@login_required  # type: ignore[untyped-decorator]
def remove(site_id: UUID, subscriber_id: UUID) -> Response:
    """Remove a webhook or channel."""
    site, subscriber = _find(site_id, subscriber_id)
    if subscriber.settings.get("mode") == "webhook":
        disconnect(setup(), subscriber)
    subscribers.remove(db_session(), signed_in(), site, subscriber)
    flash(_("Removed: %(name)s", name=subscriber.name), "info")
    return redirect(url_for("integrations.index", site_id=site_id))


def _find(site_id: UUID, subscriber_id: UUID) -> tuple[Site, Subscriber]:
    site = site_to_run(site_id)
    return site, subscribers.get_subscriber(db_session(), site, subscriber_id)


def _back(site: Site, subscriber: Subscriber) -> Response:
    return redirect(url_for("integrations.show", site_id=site.id, subscriber_id=subscriber.id))


def _secret_page(site: Site, subscriber: Subscriber, secret: str) -> str:
    return render_template("desk/webhook_secret.html", site=site, subscriber=subscriber, secret=secret)
