"""The reader's secret link to what became of a report."""

import pytest
from uuid_utils.compat import uuid7

from moderation.secret_keys import SecretKeys
from moderation.services.intake.receipts import UnknownReceipt, read_receipt, receipt_token
from tests.factories import NOON, CaseFactory, ReportFactory, SiteFactory, place_in

SECRET, OTHER = SecretKeys("s" * 32), SecretKeys("t" * 32)


def test_before_triage_it_is_received(session):
    report = ReportFactory(correction="рассказал")
    receipt = read_receipt(session, SECRET, receipt_token(SECRET, report.id))
    assert (receipt.status, receipt.decided_at, receipt.correction) == ("received", None, "рассказал")


def test_then_it_is_the_cases(session):
    site = SiteFactory()
    report = ReportFactory(site=site, exact="каз", correction="ссказ")
    case = CaseFactory(site=site, status="accepted", decided_at=NOON, correction="рассказал")
    place_in(session, report, case)
    session.commit()
    receipt = read_receipt(session, SECRET, receipt_token(SECRET, report.id))
    assert (receipt.status, receipt.decided_at) == ("accepted", NOON)
    assert (receipt.quote.exact, receipt.correction) == ("расказал", "рассказал")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "й",
        "a" * 43,
        "=" * 8,
        receipt_token(SECRET, uuid7()),
        receipt_token(OTHER, uuid7()),
    ],
    ids=range(7),
)
def test_no_other_token_opens_anything(session, token):
    with pytest.raises(UnknownReceipt):
        read_receipt(session, SECRET, token)


def test_a_changed_token_does_not_open(session):
    token = receipt_token(SECRET, ReportFactory().id)
    with pytest.raises(UnknownReceipt):
        read_receipt(session, SECRET, token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1])
