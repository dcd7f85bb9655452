"""Pages and their texts."""

import hashlib

import factory
from uuid_utils.compat import uuid7

from moderation.models import Page, Revision
from moderation.models.revision import pack
from tests.factories.row import NOON, Row
from tests.factories.sites import SiteFactory


class PageFactory(Row):
    class Meta:
        model = Page
        exclude = ("site",)

    id = factory.LazyFunction(uuid7)
    site = factory.SubFactory(SiteFactory)
    site_id = factory.SelfAttribute("site.id")
    url = factory.Sequence(lambda n: f"https://news.example/article/{n}")
    title = "Набережную откроют"


class RevisionFactory(Row):
    """`RevisionFactory(page=page, text="…")`"""

    class Meta:
        model = Revision
        exclude = ("page", "text")

    page = factory.SubFactory(PageFactory)
    page_id = factory.SelfAttribute("page.id")
    text = ""
    digest = factory.LazyAttribute(lambda revision: hashlib.sha256(revision.text.encode()).digest())
    packed = factory.LazyAttribute(lambda revision: pack(revision.text))
    seen_at = NOON
