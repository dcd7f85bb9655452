"""The largest body that the document allows is not too large for the service."""

import json

from tests.contract.operations import OPERATIONS
from tests.contract.roles import headers_by_role

LETTER = "я"
"""Two bytes, as the letters of most languages that are not English."""


def largest(schema, document):
    """The largest value that a schema allows, as far as the schema bounds it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return largest(document["components"]["schemas"][name], document)
    options = schema.get("anyOf") or schema.get("oneOf")
    if options or "enum" in schema:
        values = [largest(one, document) for one in options] if options else schema["enum"]
        return max(values, key=size)
    match schema.get("type"):
        case "object":
            value = {name: largest(one, document) for name, one in schema.get("properties", {}).items()}
        case "array":
            value = [largest(schema["items"], document)] * schema.get("maxItems", 20)
        case "string":
            value = "0" * 36 if schema.get("format") == "uuid" else LETTER * schema.get("maxLength", 50)
        case kind:
            value = {"integer": schema.get("maximum", 10**9), "number": 0.5, "boolean": False}.get(kind)
    return value


def size(value):
    return len(json.dumps(value, ensure_ascii=False).encode())


def with_body(document):
    for method, path in OPERATIONS:
        operation = document["paths"][path][method.lower()]
        if "requestBody" in operation:
            yield method, path, operation["requestBody"]["content"]["application/json"]["schema"]


def test_the_largest_body_is_not_too_large(client, session, site):
    document = client.get("/api/v1/openapi.json").json
    headers = headers_by_role(session)["owner"]
    sizes = {}
    for method, path, schema in with_body(document):
        body = json.dumps(largest(schema, document), ensure_ascii=False).encode()
        answer = client.open(
            path.format(case_id=site.id, site_id=site.id, webhook_id=site.id),
            method=method,
            data=body,
            headers={**headers, "Content-Type": "application/json"},
        )
        sizes[method, path] = (len(body), answer.status_code)
    assert len(sizes) > 8
    assert {what: size for what, size in sizes.items() if size[1] == 413} == {}
