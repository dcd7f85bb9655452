"""Another secret key: what the old one made stays valid, and what is stored moves to the new one."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import LargeBinary

from moderation.models import Base
from moderation.models.base import Sealed
from moderation.secret_keys import SecretKeys
from moderation.services.accounts import two_factor
from moderation.services.accounts.sessions import start
from moderation.services.instance.rotate_key import rotate_key, sealed_columns
from moderation.services.instance.secret_key import key_state, remember_first_key
from moderation.services.intake.form_token import SHORTEST, check_form_token, make_form_token
from moderation.services.intake.receipts import UnknownReceipt, receipt_token, report_id_of
from moderation.services.secret_box import CannotOpen, unseal
from moderation.services.sites.fetch_header import set_fetch_header
from tests.factories import NOON, EditorFactory, ReportFactory, SiteFactory

OLD = SecretKeys("o" * 32)
BOTH = SecretKeys("n" * 32, ("m" * 32, OLD.current))
NEW = SecretKeys(BOTH.current)


@pytest.fixture
def editor(session):
    """An editor with two-factor authentication from the time of the old key, and the recovery codes."""
    editor = EditorFactory()
    here, secret = start(session, editor, "Firefox", NOON), two_factor.new_secret()
    code = pyotp.TOTP(secret).at(NOON)
    codes = two_factor.turn_on(session, OLD, editor, secret=secret, code=code, now=NOON, keep=here)
    two_factor.pending_secret(session, OLD, start(session, editor, "Safari", NOON))
    return editor, secret, codes


def test_links_of_the_old_key_open_while_it_is_a_fallback(session):
    report = ReportFactory()
    token = receipt_token(OLD, report.id)
    assert report_id_of(BOTH, token) == report.id
    assert receipt_token(BOTH, report.id) == receipt_token(NEW, report.id) != token
    with pytest.raises(UnknownReceipt):
        report_id_of(NEW, token)
    with pytest.raises(UnknownReceipt):
        report_id_of(BOTH, token[:22])  # an id without a digest


def test_a_form_that_was_opened_with_the_old_key_can_be_sent(session):
    site, opened = SiteFactory(), NOON
    token = make_form_token(OLD, site.id, b"reader", opened)
    assert check_form_token(BOTH, token, site.id, b"reader", opened + timedelta(minutes=1), shortest=SHORTEST)


def test_what_is_stored_opens_with_the_new_key_alone_afterwards(session, editor):
    account, secret, codes = editor
    site = SiteFactory()
    set_fetch_header(session, None, site, "X-Pass", "let me in", secret_keys=OLD)
    remember_first_key(session, OLD)
    assert (key_state(session, NEW), key_state(session, BOTH)) == ("unknown", "to_rotate")

    done = rotate_key(session, BOTH)
    assert (done.rotated, done.lost) == (1 + 10 + 1 + 1, 0)
    assert key_state(session, NEW) == "expected"
    session.expire_all()
    assert unseal(NEW, "fetch_header", site.fetch_header_secret) == "let me in"
    later = NOON + timedelta(minutes=1)
    assert two_factor.check(session, NEW, account, pyotp.TOTP(secret).at(later), later)
    assert two_factor.check(session, NEW, account, codes[0], later)
    assert not two_factor.check(session, NEW, account, codes[0], later)
    with pytest.raises(CannotOpen):
        unseal(OLD, "fetch_header", site.fetch_header_secret)


def test_a_value_that_no_key_opens_is_counted_and_left(session):
    site = SiteFactory()
    set_fetch_header(session, None, site, "X-Pass", "let me in", secret_keys=SecretKeys("x" * 32))
    assert rotate_key(session, BOTH).lost == 1


def test_every_column_of_bytes_is_sealed_or_known_to_hold_no_secret():
    plain = {
        ("report", "reader_hash"), ("report", "body_digest"), ("case_reader", "reader_hash"),
        ("case", "fingerprint"), ("revision", "digest"), ("revision", "packed"), ("revision", "layout"),
        ("token", "digest"), ("server_key", "digest"), ("case", "pair"),
        ("telegram_account", "code_digest"), ("passkey", "public_key"), ("passkey", "credential_id"),
        ("installation", "test_reader"), ("fix_notice", "address_hash"), ("revision", "packed_before"),
    }  # fmt: skip
    found = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(getattr(column.type, "item_type", column.type), (LargeBinary, Sealed))
    }
    sealed = {(column.table.name, column.name) for column, _ in sealed_columns()}
    assert found - sealed == plain


def test_a_repr_shows_no_key():
    assert "n" * 32 not in repr(BOTH) and "o" * 32 not in repr(BOTH)
