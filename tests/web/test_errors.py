"""The table from refusal to answer: one row, three forms."""

import pytest
from sqlalchemy.exc import DataError

from moderation.domain.cases.lifecycle import StepNotAllowed
from moderation.services.accounts.access import Forbidden, NotAdmin
from moderation.services.cases.read import UnknownCase
from moderation.services.notify.site_routes import InvalidRoute
from moderation.services.paging import InvalidCursor
from moderation.services.recheck.request import UnknownPage
from moderation.web.refusals import REFUSALS


@pytest.fixture
def answer(app):
    """What the application answers when a view raises."""

    def handle(error, path="/api/v1/cases", **headers):
        with app.test_request_context(path, headers=headers):
            return app.make_response(app.handle_user_exception(error))

    return handle


def test_a_refusal_is_problem_json_in_the_api(answer):
    response = answer(Forbidden())
    assert (response.status_code, response.content_type) == (403, "application/problem+json")
    problem = response.get_json()
    assert problem["type"] == "/api/v1/problems/role"
    assert problem["detail"] == "You have view-only access to this site."


def test_the_api_speaks_english_whatever_the_browser_prefers(answer):
    problem = answer(Forbidden(), **{"Accept-Language": "ru"}).get_json()
    assert problem["detail"].startswith("You have view-only")


def test_a_field_that_is_wrong_is_named(answer):
    problem = answer(StepNotAllowed("spam", "accept")).get_json()
    assert (problem["status"], [error["pointer"] for error in problem["errors"]]) == (422, ["/action"])
    assert "spam" in problem["detail"]


def test_an_entry_of_a_list_that_is_wrong_is_named_by_its_position(answer):
    problem = answer(InvalidRoute(1, "empty")).get_json()
    assert problem["detail"] == "/items/1: a rule needs a section or an author"
    assert problem["errors"] == [
        {"pointer": "/items/1", "detail": "a rule needs a section or an author"},
    ]


def test_a_refusal_is_a_page_at_the_desk_in_the_editors_language(answer):
    response = answer(UnknownCase(), "/desk/cases/1", **{"Accept-Language": "ru"})
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "Такого замечания нет, или у вас нет к нему доступа" in response.get_data(as_text=True)


def test_a_refusal_is_json_for_the_scripts_of_the_desk(answer):
    response = answer(Forbidden(), "/desk/cases/1", Accept="application/json")
    assert (response.status_code, response.mimetype) == (403, "application/json")
    assert response.get_json()["message"] == "You have view-only access to this site."


def test_a_wrong_cursor_is_a_wrong_field_of_the_api_and_a_wrong_address_at_the_desk(answer):
    assert answer(InvalidCursor()).status_code == 422
    assert answer(InvalidCursor(), "/desk/queue").status_code == 404


def test_a_subclass_has_a_row_of_its_own(answer):
    assert answer(NotAdmin()).get_json()["detail"] == "Only site admins can do this."


def test_a_text_that_a_stranger_sent_does_not_format_the_sentence(answer):
    assert answer(UnknownPage("%(why)s %s")).status_code == 404


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_every_refusal_says_a_sentence(refusal):
    row = REFUSALS[refusal]
    assert 400 <= row.status < 500
    assert row.detail == "%(why)s" or str(row.detail).endswith(".")


@pytest.mark.parametrize(
    "path", ["/r/secret-token", "/desk/reset/secret-token", "/desk/invitation/secret-token"]
)
def test_the_log_of_an_error_holds_no_secret_link(answer, capsys, path):
    for error in (RuntimeError("broken"), DataError("SELECT", {}, ValueError("U+0000"))):
        answer(error, path)
    written = capsys.readouterr().err
    assert "request.failed" in written and "request.value_not_storable" in written
    assert "secret-token" not in written
