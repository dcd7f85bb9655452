"""Refusals beside what was entered."""

import pytest
from flask import get_flashed_messages
from flask_wtf import FlaskForm
from wtforms import StringField

from moderation.desk.refusals import refusals_flashed, refusals_in
from moderation.domain.accounts.passwords import SHORTEST
from moderation.models import Editor, Invitation
from moderation.services.accounts.editors import EmailTaken, InvalidName, WeakPassword
from moderation.services.sites.server_keys import TooManyServerKeys
from tests.factories import EditorFactory
from tests.support.desk import post


class NewMember(FlaskForm):  # type: ignore[misc]
    """A form with two fields."""

    name = StringField()
    secret = StringField()


@pytest.fixture
def form(app):
    with app.test_request_context("/desk/"):
        yield NewMember()


def test_a_refusal_is_shown_at_the_field_that_it_names(form):
    with refusals_in(form, "secret"):
        raise InvalidName
    assert list(form.errors) == ["name"] and "line breaks" in form.name.errors[0]


def test_a_refusal_of_a_field_that_the_form_lacks_is_shown_at_the_field_that_the_view_names(form):
    with refusals_in(form, "secret"):
        raise WeakPassword("short")
    assert form.errors == {"secret": [f"Use at least {SHORTEST} characters."]}


def test_a_refusal_of_no_field_is_shown_above_the_form(form):
    with refusals_in(form):
        raise TooManyServerKeys
    assert not form.name.errors and "server keys" in form.form_errors[0]


def test_a_refusal_of_something_that_was_not_entered_has_its_own_page(form):
    with pytest.raises(EmailTaken), refusals_in(form, "name"):
        raise EmailTaken("a@news.example")
    assert form.errors == {}


def test_a_refusal_without_a_form_is_shown_on_the_next_page(form):
    with refusals_flashed():
        raise InvalidName
    assert ["line breaks" in message for message in get_flashed_messages()] == [True]


def test_a_name_of_two_lines_is_refused_at_its_field_of_the_invitation(session, admin, site):
    post(admin, f"/desk/sites/{site.id}/members", email="new@news.example", role="viewer")
    link = admin.get(f"/desk/sites/{site.id}/members").text.partition("/desk/invitation/")[2][:80]
    path = "/desk/invitation/" + link.partition('"')[0].partition("<")[0]
    answer = post(admin, path, page=path, name="A\u2028B", password="several uncommon words")
    field = answer.text.partition('id="name"')[2].partition('id="password"')[0]
    assert answer.status_code == 422 and "line breaks" in field
    assert session.query(Invitation).count() == 1


def test_the_email_of_an_account_with_sso_is_not_changed_here(app, session, desk, editor):
    settings = app.extensions["corrigenda"].settings
    session.get_one(Editor, editor.id).password_hash = None
    session.commit()
    object.__setattr__(settings, "smtp_url", "smtp://mail.example")
    try:
        answer = post(desk, "/desk/account/email", email="new@news.example")
    finally:
        object.__setattr__(settings, "smtp_url", "")
    assert answer.status_code == 422 and "Your identity provider manages your email." in answer.text


@pytest.mark.parametrize(("email", "words"), [("nobody", "valid email"), ("", "already a member")])
def test_who_cannot_be_invited_is_told_at_the_field(admin, site, email, words):
    email = email or EditorFactory(role="viewer", role__site=site).email
    answer = post(admin, f"/desk/sites/{site.id}/members", email=email, role="viewer")
    assert answer.status_code == 422 and words in answer.text
