"""Refusals in Russian: no sentence of a service, which speaks English to the API and logs, reaches a page."""

import re
from datetime import UTC, datetime
from functools import partial
from typing import get_args

import pytest

from moderation.domain.cases.lifecycle import CorrectionNotAllowed, StepNotAllowed
from moderation.domain.sites.urls import InvalidUrl
from moderation.domain.source import url_rules
from moderation.models import EmailChange
from moderation.services.accounts import email_change
from moderation.services.accounts.identity import InvalidIdentity
from moderation.services.apply import kinds
from moderation.services.sites.add import InvalidSettings
from moderation.web.labels.refusals import settings_refusal, sign_in_refusal
from moderation.web.problems import Problem
from tests.factories import CaseFactory, EditorFactory
from tests.support.desk import post, sign_in

RUSSIAN = {"Accept-Language": "ru"}


@pytest.fixture
def russian(desk):
    """A browser that prefers Russian, in which an editor is signed in."""
    desk.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    return desk


def refusal(response, status):
    """The text of an error page. It holds no Latin sentence."""
    assert response.status_code == status
    main = re.search(r"<main.*?</main>", response.get_data(as_text=True), re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())
    assert not re.search(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}", text), text
    return text


def test_ids_and_cases_in_forms(russian, site):
    case = CaseFactory(site=site)
    assert "Неверный идентификатор" in refusal(
        post(russian, f"/desk/cases/{case.id}/split", report="none"), 422
    )
    assert "Неверное замечание" in refusal(post(russian, "/desk/bulk", action="reject", case="none"), 422)


def test_the_demo_that_is_turned_off(russian):
    assert "Демонстрация здесь отключена." in refusal(russian.get("/demo/ru"), 404)
    assert "Такой статьи нет." in refusal(russian.get("/demo/ru/none"), 404)


def test_an_email_that_somebody_took(session, settings, russian, editor):
    other = EditorFactory()
    email_change.ask(session, editor, other.email, datetime.now(UTC))
    change = session.query(EmailChange).one()
    path = f"/desk/account/email/{email_change.email_token(settings.secret_keys, change)}"
    assert "Аккаунт с этой почтой уже существует." in refusal(post(russian, path), 409)


@pytest.mark.parametrize(
    "error",
    [
        StepNotAllowed("accepted", "accept"),
        StepNotAllowed("spam", "reopen", is_empty=True),
        CorrectionNotAllowed("reject"),
        InvalidUrl("has no host name"),
    ],
    ids=repr,
)
def test_refusals_of_the_domain(app, error):
    with app.test_request_context("/desk/cases/1", headers=RUSSIAN):
        response = app.make_response(app.handle_user_exception(error))
        assert re.search("[а-я]", refusal(response, response.status_code))


@pytest.mark.parametrize(
    ("label", "error", "reasons"),
    [
        (
            settings_refusal,
            partial(InvalidSettings, field="cms_link"),
            "no_origin two_factor name many_origins header_name header_reserved header_value invalid",
        ),
        (sign_in_refusal, InvalidIdentity, "disabled linked unverified no_email no_subject groups email"),
    ],
)
def test_every_reason_has_its_own_sentence(app, label, error, reasons):
    with app.test_request_context("/desk/", headers=RUSSIAN):
        texts = [label(error("in English", reason=reason)) for reason in reasons.split()]
    assert len(set(texts)) == len(texts)
    assert not [text for text in texts if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text)]


RULE_REASONS = get_args(url_rules.Reason)
CONNECTION_REASONS = [reason for part in get_args(kinds.Reason) for reason in get_args(part)]


@pytest.mark.parametrize("reason", CONNECTION_REASONS)
def test_a_setting_of_a_cms_that_cannot_be_used(app, reason):
    error = kinds.InvalidConnection("rule", reason, "/а → б → в" if reason in RULE_REASONS else "")
    with app.test_request_context("/desk/cases/1", headers=RUSSIAN):
        text = refusal(app.make_response(app.handle_user_exception(error)), 422)
    assert re.search("[а-я]", text) and ("/а → б → в" in text) == (reason in RULE_REASONS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("X Pass", "только латинские буквы"),
        ("Host", "нужен самому запросу"),
        ("X-Other", "Введите и значение"),
    ],
)
def test_a_secret_header_that_cannot_be_sent(admin, site, name, words):
    admin.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    value = "" if name == "X-Other" else "secret"
    form = {"fetch_header_name": name, "fetch_header_value": value, "fetch_pause": "1"}
    page = post(admin, f"/desk/sites/{site.id}/settings/page-checks", **form)
    assert page.status_code == 422 and words in page.text and "a header" not in page.text


def test_a_site_with_too_many_domains(client):
    sign_in(client, EditorFactory(is_owner=True).email)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    origins = "\n".join(f"https://n{number}.example" for number in range(501))
    page = post(client, "/desk/sites", name="Город", origins=origins)
    assert page.status_code == 422 and "Наибольшее число доменов сайта" in page.text


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 415, 422, 429])
def test_an_error_page_keeps_the_head_of_the_desk_for_who_is_signed_in(app, russian, status, monkeypatch):
    def fail():
        raise Problem(status, "нет")

    monkeypatch.setitem(app.view_functions, "page.index", fail)
    page = russian.get("/desk/pages")
    assert page.status_code == status and "Выйти" in page.text


def test_a_character_that_cannot_be_stored_keeps_the_head_of_the_desk(russian):
    page = russian.get("/desk/queue?q=%00")
    assert page.status_code == 422 and "Выйти" in page.text
