"""Daily figures."""

import factory

from moderation.models import TalliedDay, Tally
from tests.factories.row import NOON, Row
from tests.factories.sites import SiteFactory


class TallyFactory(Row):
    class Meta:
        model = Tally
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    figure = "reports"
    day = NOON.date()
    key = ""
    count = 1


class TalliedDayFactory(Row):
    class Meta:
        model = TalliedDay
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    day = NOON.date()
