"""Connections to a CMS, and corrections on their way into it."""

import factory

from moderation.models import CmsConnection, CorrectionApply
from tests.factories.cases import CaseFactory
from tests.factories.row import NOON, Row
from tests.factories.sites import SiteFactory


class CmsConnectionFactory(Row):
    class Meta:
        model = CmsConnection
        exclude = ("site",)

    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    kind = "wordpress"
    settings = factory.LazyFunction(dict)


class CorrectionApplyFactory(Row):
    class Meta:
        model = CorrectionApply

    case = factory.SubFactory(CaseFactory, status="accepted", correction="рассказал")
    site_id = factory.SelfAttribute("case.site_id")
    page_url = factory.SelfAttribute("case.page.url")
    exact = factory.SelfAttribute("case.exact")
    prefix = factory.SelfAttribute("case.prefix")
    suffix = factory.SelfAttribute("case.suffix")
    correction = factory.SelfAttribute("case.correction")
    due_at = NOON
