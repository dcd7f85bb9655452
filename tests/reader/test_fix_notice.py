"""A reader asks for one mail when the mistake is fixed."""

import pytest
from msgspec import structs

from moderation.models import FixNotice
from moderation.services.intake.fix_notices import MOST_WAITING
from moderation.services.intake.receipts import receipt_token
from tests.factories import CaseFactory, ReportFactory, place_in
from tests.support.report_form import at_field, count


@pytest.fixture
def mail_server(app):
    settings = app.extensions["corrigenda"].settings
    object.__setattr__(settings, "smtp_url", "smtp://mail.example")
    yield
    object.__setattr__(settings, "smtp_url", "")


@pytest.fixture
def offering(session, site, mail_server):
    """A site that offers the mail."""
    site.settings = structs.replace(site.settings, fix_mail=True)
    session.commit()
    return site


@pytest.fixture
def path(session, settings, offering):
    """The page of a report whose case is open."""
    report = ReportFactory(site=offering)
    place_in(session, report, CaseFactory(site=offering))
    return "/r/" + receipt_token(settings.secret_keys, report.id)


def test_the_address_is_stored_unreadable_once_and_deleted_on_request(session, client, path):
    assert "Email me when it is fixed" in client.get(path).text
    assert client.post(path + "/email", data={"address": " anna@mail.example "}).location == path + "#tell-me"
    client.post(path + "/email", data={"address": "other@mail.example"})
    notice = session.query(FixNotice).one()
    assert notice.lang == "en" and b"anna" not in notice.address + notice.address_hash
    page = client.get(path).text
    assert "We will email you once" in page and "anna" not in page
    client.post(path + "/email/delete")
    assert count(session, FixNotice) == 0
    assert "Email me when it is fixed" in client.get(path).text


@pytest.mark.parametrize("end", ["/withdraw", "/erase"])
def test_withdrawing_or_erasing_the_report_deletes_the_address(session, client, path, end):
    client.post(path + "/email", data={"address": "anna@mail.example"})
    assert count(session, FixNotice) == 1
    client.post(path + end)
    assert count(session, FixNotice) == 0
    client.post(path + "/email", data={"address": "anna@mail.example"})
    assert count(session, FixNotice) == 0


@pytest.mark.parametrize(
    "address",
    [
        "", "anna", "a@b", "a@b.example\r\nBcc: c@d.example",
        "=?utf-8?q?an=6Ea?=@mail.example", "=?utf-8?q?a=0Ab?=@mail.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_at_the_field(session, client, path, address):
    answer = client.post(path + "/email", data={"address": address})
    assert (answer.status_code, at_field(answer.text, "address")) == (422, "Enter a valid email address.")
    assert count(session, FixNotice) == 0


def test_nobody_fills_a_strangers_mailbox(session, client, settings, redis, offering):
    def ask(number, address):
        if number % 8 == 0:
            redis.flushdb()  # another day: the mails still wait
        token = receipt_token(settings.secret_keys, ReportFactory(site=offering).id)
        return client.post(f"/r/{token}/email", data={"address": address}).status_code

    spellings = [f"Anna+{number}@Mail.example" for number in range(MOST_WAITING + 1)]
    answers = [ask(number, address) for number, address in enumerate(spellings)]
    assert answers == [302] * MOST_WAITING + [429]
    assert count(session, FixNotice) == MOST_WAITING
    assert ask(0, "ben@mail.example") == 302


def test_a_page_of_another_site_cannot_ask(session, client, path):
    foreign = {"Origin": "https://evil.example"}
    for end in ("", "/delete"):
        answer = client.post(f"{path}/email{end}", data={"address": "a@b.example"}, headers=foreign)
        assert answer.status_code == 403
    assert client.post("/r/nothing/email", data={"address": "a@b.example"}).status_code == 404
    assert count(session, FixNotice) == 0


def test_it_is_off_until_the_site_wants_it(session, client, settings, site, mail_server):
    path = "/r/" + receipt_token(settings.secret_keys, ReportFactory(site=site).id)
    assert "Email me" not in client.get(path).text
    client.post(path + "/email", data={"address": "anna@mail.example"})
    assert count(session, FixNotice) == 0


def test_the_form_without_scripts_offers_it(client, send, offering):
    assert "/email" in send(lang="en").text
