"""Refusals about sites: settings, members, server keys, subscribers, the CMS."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from moderation.domain.sites.urls import InvalidOrigin
from moderation.services.apply.kinds import InvalidConnection
from moderation.services.notify.site_routes import InvalidRoute
from moderation.services.notify.subscribers import InvalidSubscriber, UnknownSubscriber
from moderation.services.outbox.attention import UnknownMessage
from moderation.services.outbox.deliveries import UnknownDelivery
from moderation.services.sites.add import InvalidSettings, NameTaken
from moderation.services.sites.directory import UnknownSite
from moderation.services.sites.installation import ForeignDomain
from moderation.services.sites.members import PER_DAY, AlreadyMember, TooManyInvitations, UnknownMember
from moderation.services.sites.server_keys import MOST as MOST_SERVER_KEYS
from moderation.services.sites.server_keys import MissingServerKey, TooManyServerKeys
from moderation.web.labels.cms import connection_refusal
from moderation.web.labels.errors import NOT_FOUND
from moderation.web.labels.refusals import settings_refusal
from moderation.web.labels.routes import route_error
from moderation.web.labels.subscribers import invalid_subscriber_label
from moderation.web.refusals.row import Refusal

REFUSALS: Mapping[type[Exception], Refusal] = {
    UnknownSite: Refusal(
        404, "unknown-site", lazy_gettext("This site does not exist, or you have no access to it.")
    ),
    NameTaken: Refusal(422, "invalid-request", lazy_gettext("This name is already taken."), "/name"),
    InvalidOrigin: Refusal(
        422,
        "invalid-request",
        lazy_gettext("Not a domain: %(why)s. Enter an address such as https://news.example, without a path."),
        "/origins",
        page_why=lambda error: ", ".join(error.origins),
    ),
    InvalidSettings: Refusal(422, "invalid-request", "%(why)s", "/{field}", page_why=settings_refusal),
    InvalidRoute: Refusal(422, "invalid-request", "%(why)s", "/items/{index}", page_why=route_error),
    ForeignDomain: Refusal(
        422,
        "invalid-request",
        lazy_gettext("%(why)s is not one of this site's allowed domains. Add it under General."),
        "/url",
    ),
    UnknownMember: Refusal(404, "unknown-member", lazy_gettext("This person is not a member of the site.")),
    AlreadyMember: Refusal(
        422, "invalid-request", lazy_gettext("This person is already a member."), "/email"
    ),
    TooManyInvitations: Refusal(
        422,
        "invalid-request",
        lazy_gettext("A site can send %(num)d invitations per day. Try again tomorrow.", num=PER_DAY),
        "/email",
    ),
    MissingServerKey: Refusal(
        404, "missing-server-key", lazy_gettext("The site has no such server key: it was revoked.")
    ),
    TooManyServerKeys: Refusal(
        422,
        "too-many-server-keys",
        lazy_gettext("A site can have %(num)d server keys. Revoke one first.", num=MOST_SERVER_KEYS),
    ),
    UnknownSubscriber: Refusal(404, "unknown-subscriber", NOT_FOUND),
    InvalidSubscriber: Refusal(
        422,
        "invalid-request",
        "%(why)s",
        "/{field}",
        page_why=lambda error: invalid_subscriber_label(error.reason),
    ),
    InvalidConnection: Refusal(422, "invalid-request", "%(why)s", "/{field}", page_why=connection_refusal),
    UnknownDelivery: Refusal(
        404, "unknown-delivery", lazy_gettext("This delivery was deleted. Deliveries are kept for 30 days.")
    ),
    UnknownMessage: Refusal(
        404, "unknown-message", lazy_gettext("This work is done, or it belongs to another site.")
    ),
}
