"""The secret header of a site."""

import pytest

from moderation.secret_keys import SecretKeys
from moderation.services.secret_box import unseal
from moderation.services.sites.fetch_header import InvalidHeader, drop_fetch_header, set_fetch_header
from tests.factories import SiteFactory

KEY = SecretKeys("k" * 40)


def test_the_value_is_stored_encrypted(session):
    site = SiteFactory()
    set_fetch_header(session, None, site, "X-Pass", "let me in", secret_keys=KEY)
    assert b"let me in" not in site.fetch_header_secret
    assert unseal(KEY, "fetch_header", site.fetch_header_secret) == "let me in"
    drop_fetch_header(session, None, site)
    assert (site.fetch_header_name, site.fetch_header_secret) == (None, None)


@pytest.mark.parametrize(
    ("name", "value"), [("X Pass", "a"), ("Host", "a"), ("X-Pass", ""), ("X-Pass", "a\r\nHost: b"), ("", "a")]
)
def test_a_header_that_would_break_the_request_is_refused(session, name, value):
    with pytest.raises(InvalidHeader):
        set_fetch_header(session, None, SiteFactory(), name, value, secret_keys=KEY)
