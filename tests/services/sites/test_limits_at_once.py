"""Requests at the same time do not pass the limits of a site."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from moderation.models import Editor, Site
from moderation.secret_keys import SecretKeys
from moderation.services.notify.subscribers import InvalidSubscriber, add_webhook
from moderation.services.sites import members, server_keys
from tests.factories import EditorFactory

KEYS = SecretKeys("k" * 40)
AT_ONCE = 8


def invite(session, admin, site, number):
    members.invite(
        session, admin, site, f"new{number}@news.example", "viewer", lang="en", now=datetime.now(UTC)
    )


def make_key(session, admin, site, _number):
    server_keys.add_server_key(session, admin, site, "shop")


def make_webhook(session, admin, site, number):
    url = f"https://{number}.example/"
    add_webhook(session, admin, site, name="CMS", url=url, events=["case.opened"], secret_keys=KEYS)


@pytest.mark.parametrize(
    ("make", "limit"),
    [
        (invite, "moderation.services.sites.members.PER_DAY"),
        (make_key, "moderation.services.sites.server_keys.MOST"),
        (make_webhook, "moderation.services.notify.subscribers.MOST"),
    ],
)
def test_requests_at_once_do_not_pass_a_limit(session, sessions, site, monkeypatch, make, limit):
    monkeypatch.setattr(limit, 1)
    admin_id, together = EditorFactory(role="admin", role__site=site).id, Barrier(AT_ONCE)
    site_id = site.id
    session.commit()

    def one(number):
        with sessions() as own:
            admin, of_site = own.get_one(Editor, admin_id), own.get_one(Site, site_id)
            together.wait(10)
            try:
                make(own, admin, of_site, number)
            except (members.TooManyInvitations, server_keys.TooManyServerKeys, InvalidSubscriber):
                return "refused"
            return "made"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert Counter(pool.map(one, range(AT_ONCE))) == {"made": 1, "refused": AT_ONCE - 1}
