"""Reports, and what their readers asked for."""

import factory
from uuid_utils.compat import uuid7

from moderation.models import FixNotice, Report, Withdrawal
from tests.factories.row import NOON, Row
from tests.factories.sites import SiteFactory


class ReportFactory(Row):
    class Meta:
        model = Report
        exclude = ("site",)

    id = factory.LazyFunction(uuid7)
    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    url = "https://news.example/a"
    exact = "расказал"
    prefix = "О новых сроках "
    suffix = " на встрече с жителями"
    reader_hash = factory.Sequence(lambda n: n.to_bytes(16, "big"))


class WithdrawalFactory(Row):
    class Meta:
        model = Withdrawal
        exclude = ("report",)

    report = factory.SubFactory(ReportFactory)
    report_id = factory.SelfAttribute("report.id")
    withdrawn_at = NOON


class FixNoticeFactory(Row):
    """No key opens its address: `ask_for_notice` stores one that mail can be sent to."""

    class Meta:
        model = FixNotice
        exclude = ("report",)

    report = factory.SubFactory(ReportFactory)
    report_id = factory.SelfAttribute("report.id")
    site_id = factory.SelfAttribute("report.site_id")
    address = b"sealed"
    address_hash = factory.Sequence(lambda n: n.to_bytes(16, "big"))
    lang = "en"
