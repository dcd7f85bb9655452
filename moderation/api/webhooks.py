"""Webhooks of a site, for its admins' tools."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from flask import Blueprint, Response

from moderation.api.answer import json_answer
from moderation.api.auth import caller
from moderation.api.body import read_json, read_query
from moderation.api.schemas.webhooks import (
    TestOut,
    WebhookChange,
    WebhookIn,
    WebhookList,
    WebhookOut,
    WebhookQuery,
)
from moderation.api.spec import documented
from moderation.models import Editor, Site, Subscriber
from moderation.services.notify import subscribers
from moderation.services.notify.webhook import KIND
from moderation.services.sites.administer import site_to_run
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("webhooks", __name__, url_prefix="/api/v1/webhooks")
_new = msgspec.json.Decoder(WebhookIn)
_change = msgspec.json.Decoder(WebhookChange)


@blueprint.get("")
@documented(security="token", query=WebhookQuery, answer=WebhookList, refusals=(401, 403, 404, 422, 503))
def list_webhooks() -> Response:
    """List webhooks

    Of one site, for its admins.
    """
    editor, query = caller("read"), read_query(WebhookQuery)
    site = site_to_run(db_session(), editor, query.site)
    found = [entry for entry in subscribers.subscribers_of(db_session(), site) if entry.kind == KIND]
    return json_answer(WebhookList([WebhookOut.of(entry) for entry in found]))


@blueprint.post("")
@documented(
    security="token",
    json=WebhookIn,
    status=201,
    answer=WebhookOut,
    refusals=(400, 401, 403, 404, 413, 415, 422, 503),
)
def create_webhook() -> Response:
    """Add a webhook

    The answer has its `secret`, once. docs/integrations.md says how to check signatures.
    """
    editor, wanted = caller("manage"), read_json(_new)[0]
    site = site_to_run(db_session(), editor, wanted.site)
    webhook, secret = subscribers.add_webhook(
        db_session(),
        editor,
        site,
        name=wanted.name,
        url=wanted.url,
        events=wanted.events,
        secret_keys=wiring().settings.secret_keys,
    )
    return json_answer(WebhookOut.of(webhook, secret), 201)


@blueprint.patch("/<uuid:webhook_id>")
@documented(
    security="token",
    json=WebhookChange,
    answer=WebhookOut,
    refusals=(400, 401, 403, 404, 413, 415, 422, 503),
)
def change_webhook(webhook_id: UUID) -> Response:
    """Change a webhook

    Only the fields that you send change.
    """
    editor, wanted = caller("manage"), read_json(_change)[0]
    site, webhook = _find(editor, webhook_id)
    subscribers.change_webhook(
        db_session(),
        editor,
        site,
        webhook,
        name=wanted.name or webhook.name,
        url=wanted.url or webhook.settings["url"],
        events=wanted.events or webhook.hears,
        is_on=webhook.is_on if wanted.active is None else wanted.active,
    )
    return json_answer(WebhookOut.of(webhook))


@blueprint.delete("/<uuid:webhook_id>")
@documented(security="token", answer=WebhookOut, refusals=(401, 403, 404, 503))
def delete_webhook(webhook_id: UUID) -> Response:
    """Remove a webhook

    Its deliveries go with it. The answer is the webhook as it was.
    """
    editor = caller("manage")
    site, webhook = _find(editor, webhook_id)
    answer = json_answer(WebhookOut.of(webhook))
    subscribers.remove(db_session(), editor, site, webhook)
    return answer


@blueprint.post("/<uuid:webhook_id>/secret")
@documented(security="token", answer=WebhookOut, refusals=(401, 403, 404, 422, 503))
def rotate_secret(webhook_id: UUID) -> Response:
    """Make a new secret

    The answer has it, once. For a day, requests are signed with the old secret too.
    """
    editor = caller("manage")
    site, webhook = _find(editor, webhook_id)
    key = wiring().settings.secret_keys
    secret = subscribers.rotate(db_session(), editor, site, webhook, datetime.now(UTC), secret_keys=key)
    return json_answer(WebhookOut.of(webhook, secret))


@blueprint.post("/<uuid:webhook_id>/test")
@documented(security="token", status=202, answer=TestOut, refusals=(401, 403, 404, 503))
def test_webhook(webhook_id: UUID) -> Response:
    """Send a test

    It has the type `test`, and goes the way of all events.
    """
    _site, webhook = _find(caller("manage"), webhook_id)
    subscribers.send_test(db_session(), webhook, datetime.now(UTC))
    return json_answer(TestOut(webhook.id), 202)


def _find(editor: Editor, webhook_id: UUID) -> tuple[Site, Subscriber]:
    """Return a webhook of a site that the editor runs. Raises UnknownSubscriber, NotAdmin."""
    webhook = db_session().get(Subscriber, webhook_id)
    if webhook is None or webhook.kind != KIND:
        raise subscribers.UnknownSubscriber(webhook_id)
    return site_to_run(db_session(), editor, webhook.site_id), webhook
