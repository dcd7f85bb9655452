import pytest

from moderation.domain.accounts.mailboxes import is_plain


@pytest.mark.parametrize(
    ("address", "plain"),
    [("anna@news.example", True), ("anna+q=1@news.example", True), ("=?utf-8?q?anna?=@news.example", False)],
)
def test_an_encoded_address_names_another_mailbox(address, plain):
    assert is_plain(address) is plain
