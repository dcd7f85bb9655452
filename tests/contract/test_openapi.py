"""The document says what the API does: schemathesis tries what the document allows, and what it does not."""

import re
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import given, settings
from jsonschema_rs import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from moderation.api import document as api_document
from moderation.models import Site
from moderation.services.accounts.tokens import add_token
from moderation.services.intake.accept import Reason
from moderation.web.problem_types import OF_STATUS, PROBLEM_TYPES
from moderation.web.refusals import REFUSALS
from tests.contract.operations import OPERATIONS
from tests.factories import CaseFactory, EditorFactory, SiteFactory
from tests.support.problems import assert_problem

CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance, content_type_conformance]


@pytest.fixture
def headers(session):
    site = SiteFactory(site_key="pk_contract")
    CaseFactory(site=site)
    token = add_token(session, EditorFactory(role="editor", role__site=site), "contract")
    return {"X-Site-Key": "pk_contract", "Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_keeps_to_its_document(app, contract, headers, method, path):
    @given(contract[path][method].as_strategy())
    @settings(max_examples=15, deadline=None, database=None)
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


def test_it_is_made_once_for_an_application(app):
    with app.test_request_context():
        assert api_document.document() is api_document.document()


@pytest.fixture
def document(client):
    """The document of the running application."""
    return client.get("/api/v1/openapi.json").get_json()


def operations(document):
    return [each for methods in document["paths"].values() for each in methods.values()]


def test_each_operation_has_what_a_reader_and_a_generator_need(document):
    names = [each["operationId"] for each in operations(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in names)
    known = {tag["name"] for tag in document["tags"]}
    for each in operations(document):
        assert each["summary"]
        assert each["description"]
        assert set(each["tags"]) <= known
        assert all(parameter["description"] for parameter in each.get("parameters", ()))
        for code in {"429", "503"} & set(each["responses"]):
            assert "Retry-After" in each["responses"][code]["headers"]
    assert document["servers"][0]["url"].startswith("http")


def test_each_example_fits_its_schema(document):
    bodies = [
        (each["operationId"], media)
        for each in operations(document)
        for part in (each.get("requestBody"), *each["responses"].values())
        for media in (part["content"].values() if part else ())
        if "example" in media
    ]
    assert len(bodies) > 100
    for name, media in bodies:
        schema = {**media["schema"], "components": document["components"]}
        errors = list(Draft202012Validator(schema).iter_errors(media["example"]))
        assert not errors, (name, errors[0].message)


def test_times_enums_and_conflicts_are_typed(document):
    schemas = document["components"]["schemas"]
    assert schemas["CaseOut"]["properties"]["first_reported_at"]["format"] == "date-time"
    assert schemas["CaseOut"]["properties"]["status"]["type"] == "string"
    listing = document["paths"]["/api/v1/cases"]["get"]["parameters"]
    assert {each["name"]: each["schema"].get("format") for each in listing}["since"] == "date-time"
    conflict = document["paths"]["/api/v1/cases/{case_id}/decisions"]["post"]["responses"]["409"]
    assert (
        "case"
        in schemas[conflict["content"]["application/problem+json"]["schema"]["$ref"].split("/")[-1]][
            "required"
        ]
    )
    export = document["paths"]["/api/v1/export/cases.{format_}"]["get"]["responses"]["200"]["content"]
    assert set(export) == {"text/csv", "application/jsonl", "application/ld+json"}
    assert not [name for name in schemas if name.endswith("Query")]


def test_every_problem_type_has_a_page(client):
    used = {refusal.type for refusal in REFUSALS.values()} | set(OF_STATUS.values())
    used |= {reason.replace("_", "-") for reason in get_args(Reason)}
    assert used <= set(PROBLEM_TYPES)
    for name in used:
        page = client.get(f"/api/v1/problems/{name}")
        assert page.status_code == 200
        assert name in page.text
    assert_problem(client.get("/api/v1/problems/nothing"), 404, type="not-found")


def test_a_refusal_lists_every_wrong_field(client, headers):
    body = {"quote": {"exact": "", "prefix": 5}, "kind": "typo", "page": 1}
    answer = client.post("/api/v1/reports", json=body, headers=headers)
    assert_problem(answer, 422, words="In all 5 fields are wrong")
    found = {error["pointer"]: error["detail"] for error in answer.get_json()["errors"]}
    assert list(found) == ["/url", "/quote/exact", "/quote/prefix", "/kind", "/page"]
    assert "allowed: " in found["/kind"]
    answer = client.get("/api/v1/cases?status=x&limit=0&nothing=1", headers=headers)
    assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/status", "/limit", "/nothing"]
    deep = b'{"url": 1, "nested": ' + b"[" * 5000 + b"]" * 5000 + b"}"
    answer = client.post("/api/v1/reports", data=deep, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 422)


def test_the_page_loads_the_reference_from_this_service(client):
    page = client.get("/api/v1/docs").text
    for path in re.findall(r'(?:src|href)="(/api/v1/docs/[^"]+)"', page):
        assert client.get(path, headers={"Accept-Encoding": "br"}).content_encoding == "br"
    assert page.count("/api/v1/docs/swagger-ui") == 2
    assert 'src="http' not in page


def test_ids_for_filters(client, session, headers):
    (site,) = client.get("/api/v1/sites", headers=headers).get_json()["items"]
    SiteFactory(name="Another")
    assert (site["site_key"], site["role"]) == ("pk_contract", "editor")
    colleague = EditorFactory(role="viewer", role__site=session.get(Site, UUID(site["id"])))
    EditorFactory()
    answer = client.get(f"/api/v1/editors?site={site['id']}", headers=headers).get_json()["items"]
    assert len(answer) == 2
    assert {each["id"]: each["is_me"] for each in answer}[str(colleague.id)] is False
    assert client.get(f"/api/v1/cases?site={site['id']}", headers=headers).get_json()["items"]
