"""Sites and what belongs to their settings."""

import factory
from uuid_utils.compat import uuid7

from moderation.models import AuditEntry, Installation, ServerKey, Site, WidgetDay
from tests.factories.row import NOON, Row


class SiteFactory(Row):
    class Meta:
        model = Site

    id = factory.LazyFunction(uuid7)
    name = factory.Sequence(lambda n: f"Site {n}")
    site_key = factory.Sequence(lambda n: f"pk_{n:020}")
    origins = factory.LazyFunction(lambda: ["https://news.example"])


class AuditEntryFactory(Row):
    class Meta:
        model = AuditEntry
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    what = "key.rotated"


class InstallationFactory(Row):
    class Meta:
        model = Installation
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    page_url = "https://news.example/a"


class ServerKeyFactory(Row):
    """No key has this digest: `add_server_key` makes one that can be used."""

    class Meta:
        model = ServerKey

    site = factory.SubFactory(SiteFactory)
    name = factory.Sequence(lambda n: f"Server {n}")
    digest = factory.Sequence(lambda n: n.to_bytes(32, "big"))


class WidgetDayFactory(Row):
    class Meta:
        model = WidgetDay
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    day = NOON.date()
