"""The rules for every report, without a web framework and without a database."""

from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from moderation.domain.sites.settings import SiteSettings
from moderation.services.intake.accept import Intake, Refused, page_url, require_origin
from moderation.services.intake.draft import Draft, DraftQuote, Sender
from moderation.services.intake.store import KeyReused
from moderation.services.sites.directory import KnownSite

SENDER = Sender(b"r" * 16)
URL = "https://news.example/a"


def known(**settings):
    return KnownSite(uuid7(), "pk", ("https://news.example",), SiteSettings(**settings))


@pytest.fixture
def stored():
    return []


@pytest.fixture
def accept(stored):
    def store(submission):
        stored.append(submission)
        return submission.id

    intake = Intake(store, new_id=lambda: UUID(int=7))

    def call(site=None, sender=SENDER, url=URL, exact="расказал", prefix="", suffix="", **fields):
        return intake.accept(site or known(), Draft(url, DraftQuote(exact, prefix, suffix), **fields), sender)

    return call


def refused(accept, **fields):
    with pytest.raises(Refused) as info:
        accept(**fields)
    return info.value.reason, info.value.field


def test_a_report_is_stored_under_its_page_s_canonical_url(accept, stored):
    assert accept(url="https://NEWS.example/a?utm_source=x#top") == UUID(int=7)
    [submission] = stored
    assert submission.draft.url == URL
    assert submission.sender is SENDER


def test_an_address_that_is_too_long_for_the_index_of_pages_is_refused(accept, stored):
    """Escaped, each letter has six characters. Such a report was accepted, and could not be placed."""
    assert refused(accept, url=f"{URL}/{'ж' * 400}") == ("invalid_url", "url")
    assert stored == []


@pytest.mark.parametrize("exact", ["\u200b", "\ufeff", "\u00ad\u2060", "\u200b\u00ad"])
def test_a_quote_of_invisible_characters_is_refused(accept, stored, exact):
    assert refused(accept, exact=exact, prefix="О новых сроках ") == ("blank_quote", "quote.exact")
    assert stored == []


@pytest.mark.parametrize("exact", [" ", "\n\t", "\u00a0", " \u200b"])
def test_a_blank_quote_without_context_is_refused(accept, exact):
    assert refused(accept, exact=exact) == ("blank_quote", "quote.exact")


def test_a_superfluous_space_can_be_reported_with_its_context(accept, stored):
    accept(exact="  ", prefix="О новых", suffix="сроках")
    assert len(stored) == 1


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"url": "nonsense"}, "invalid_url", "url"),
        ({"url": "https://evil.example/"}, "foreign_page", "url"),
        ({"exact": "a\x00"}, "unstorable_text", "quote.exact"),
        ({"title": "a\x00"}, "unstorable_text", "title"),
        ({"comment": "Лучшее КАЗИНО"}, "blocked_word", "comment"),
        ({"correction": "казино"}, "blocked_word", "correction"),
    ],
)
def test_a_refusal_names_its_reason_and_its_field(accept, stored, fields, reason, field):
    assert refused(accept, site=known(blocked_words=["казино"]), **fields) == (reason, field)
    assert stored == []


def test_a_blocked_word_in_the_sites_own_text_does_not_count(accept, stored):
    accept(site=known(blocked_words=["казино"]), exact="казино закрыли")
    assert len(stored) == 1


def test_a_blocked_reader_is_refused(accept):
    assert refused(accept, site=known(blocked_readers=[SENDER.reader_hash.hex()])) == ("blocked_reader", None)


def test_a_reused_idempotency_key_is_refused():
    intake = Intake(lambda _submission: KeyReused())
    with pytest.raises(Refused) as info:
        intake.accept(known(), Draft(URL, DraftQuote("x")), SENDER)
    assert info.value.reason == "key_reused"


def test_a_page_of_the_site_has_one_url():
    assert page_url(known(), "https://news.example:443/a?fbclid=1") == URL


def test_a_browser_on_another_origin_is_refused_and_a_server_is_not():
    require_origin(known(), "https://news.example")
    require_origin(known(), None)
    with pytest.raises(Refused):
        require_origin(known(), "https://evil.example")
