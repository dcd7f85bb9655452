"""The document says what the API does: schemathesis tries what the document allows, and what it does not."""

import pytest
import schemathesis
from hypothesis import given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from moderation.services.accounts.tokens import add_token
from tests.factories import CaseFactory, EditorFactory, SiteFactory

OPERATIONS = [
    ("POST", "/api/v1/reports"),
    ("GET", "/api/v1/receipts/{token}"),
    ("GET", "/api/v1/widget"),
    ("GET", "/api/v1/challenge"),
    ("GET", "/api/v1/cases"),
    ("GET", "/api/v1/cases/{case_id}"),
    ("GET", "/api/v1/cases/{case_id}/reports"),
    ("GET", "/api/v1/cases/{case_id}/decisions"),
    ("POST", "/api/v1/cases/{case_id}/decisions"),
    ("POST", "/api/v1/cases/{case_id}/merge"),
    ("POST", "/api/v1/cases/{case_id}/split"),
    ("POST", "/api/v1/decisions"),
    ("POST", "/api/v1/pages/recheck"),
    ("GET", "/api/v1/stats"),
    ("GET", "/api/v1/export/cases.{format_}"),
]
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance, content_type_conformance]


@pytest.fixture
def headers(session):
    site = SiteFactory(site_key="pk_contract")
    CaseFactory(site=site)
    token = add_token(session, EditorFactory(role="editor", role__site=site), "contract")
    return {"X-Site-Key": "pk_contract", "Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_keeps_to_its_document(app, headers, method, path):
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)

    @given(document[path][method].as_strategy())
    @settings(max_examples=40, deadline=None, database=None)
    def keeps(case):
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    keeps()


def test_it_is_openapi_3_1_with_every_route_of_the_contract(client):
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    shown = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert shown == set(OPERATIONS)
    refusals = document["paths"]["/api/v1/reports"]["post"]["responses"]
    assert set(refusals) == {"202", "400", "401", "403", "413", "415", "422", "429", "503"}


def test_the_page_names_every_path_and_loads_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs").text
    for path in client.get("/api/v1/openapi.json").get_json()["paths"]:
        assert path in page
    assert 'src="http' not in page
