"""Webhooks of bots: Telegram sends updates here. A secret in a header is the only key."""

import hmac
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from flask import Blueprint, Response, abort, request

from moderation.models import Subscriber
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.notify.telegram_secrets import KIND, open_secrets
from moderation.services.notify.telegram_stranger import SlowAnswers
from moderation.services.notify.telegram_updates import Update, Updates
from moderation.services.pages.outbound import Outbound
from moderation.services.pages.proxy import Proxies
from moderation.services.secret_box import CannotOpen
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("telegram", __name__)
_LONGEST = 128 * 1024
"""Bytes of an update. It holds two messages with their buttons at most."""
_SECONDS = 2.0
"""How long Telegram may take for each of two answers. The decision is stored before, and does not wait."""
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_update = msgspec.json.Decoder(Update)


@blueprint.post("/api/v1/telegram/<uuid:subscriber_id>")
def receive(subscriber_id: UUID) -> Response:
    """Handle an update. An update that we do not understand is accepted, so that it is not sent again."""
    request.max_content_length = _LONGEST
    if not _has_secret(subscriber_id):
        abort(403)
    try:
        update = _update.decode(request.get_data())
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Response(status=204)
    _updates().handle(subscriber_id, update)
    return Response(status=204)


def _has_secret(subscriber_id: UUID) -> bool:
    subscriber = db_session().get(Subscriber, subscriber_id)
    expected = ""
    if subscriber is not None and subscriber.kind == KIND and subscriber.settings.get("mode") == "webhook":
        try:
            expected = open_secrets(wiring().settings.secret_keys, subscriber).secret
        except CannotOpen:
            expected = ""
    given = request.headers.get(_HEADER, "")
    return hmac.compare_digest(given.encode(), expected.encode()) and bool(expected)


def _updates() -> Updates:
    settings = wiring().settings
    api = make_bot_api(Outbound(settings.private_hosts, Proxies.from_env()), settings.telegram_api)
    return Updates(
        db_session,
        api,
        settings.secret_keys,
        settings.base_url,
        lambda: datetime.now(UTC),
        settings.sso_token_days,
        SlowAnswers(wiring().redis),
        _SECONDS,
    )
