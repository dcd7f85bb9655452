"""The OpenAPI document: spectree's output, completed with what generated clients and people need."""

import re
from copy import deepcopy
from typing import Any

from flask import current_app

from moderation.api.examples import ANSWERS, REQUESTS, problem_example
from moderation.api.export_examples import FILES
from moderation.api.reference_texts import PARAMETERS, SITE_KEY, TAG_OF_BLUEPRINT, TAGS
from moderation.api.spec import spec
from moderation.services.cases.export import MEDIA_TYPES
from moderation.web.wiring import wiring

Json = dict[str, Any]
_RETRY_AFTER: Json = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}}
}
_KEPT = "corrigenda.openapi"
_REFERENCE = "#/components/schemas/"


def document() -> Json:
    """Return the OpenAPI document of the current application. It is made once: routes do not change."""
    kept: Json | None = current_app.extensions.get(_KEPT)
    if kept is None:
        kept = current_app.extensions[_KEPT] = _make_document()
    return kept


def _make_document() -> Json:
    openapi: Json = deepcopy(spec.spec)  # spectree keeps it
    openapi["servers"] = [{"url": wiring().settings.base_url, "description": "This instance"}]
    openapi["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    schemas = openapi["components"]["schemas"]
    schemas["StaleProblem"] = _stale_problem(schemas["ProblemBody"])
    names = _operation_names()
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            tag, operation["operationId"] = names[path, method]
            operation["tags"] = [tag]
            operation["description"] = operation.get("description") or operation["summary"] + "."
            _complete_parameters(operation)
            _complete_answers(operation)
    _type_the_enums(openapi)
    _drop_unused(openapi)
    return openapi


def _operation_names() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the tag and the operation id by path and method."""
    names = {}
    for rule in current_app.url_map.iter_rules():
        blueprint, _, view = rule.endpoint.rpartition(".")
        path = re.sub(r"<(?:[^<>]+:)?([^:<>]+)>", r"{\1}", rule.rule)
        for method in rule.methods or ():
            names[path, method.lower()] = (TAG_OF_BLUEPRINT.get(blueprint, blueprint), view)
    return names


def _complete_parameters(operation: Json) -> None:
    """Describe each parameter. A parameter cannot be null: leave it out instead."""
    for parameter in operation.get("parameters", ()):
        name, schema = parameter["name"], parameter["schema"]
        is_site_key = name == "site" and schema.get("type") == "string" and "format" not in schema
        parameter["description"] = SITE_KEY if is_site_key else PARAMETERS.get(name, "")
        if "anyOf" in schema:
            parameter["schema"] = next(each for each in schema["anyOf"] if each.get("type") != "null")


def _complete_answers(operation: Json) -> None:
    """Add examples, the media types of errors and exports, the header Retry-After and the 409's case."""
    name = operation["operationId"]
    if "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["example"] = REQUESTS.get(name)
    for code, answer in operation["responses"].items():
        if int(code) >= 400:
            answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
            answer["content"]["application/problem+json"]["example"] = problem_example(int(code))
        elif name == "export_cases":
            answer["content"] = {
                media.partition(";")[0]: {
                    "schema": {"type": "object" if format_ == "jsonld" else "string"},
                    "example": FILES[format_],
                }
                for format_, media in MEDIA_TYPES.items()
            }
        else:
            answer["content"]["application/json"]["example"] = ANSWERS.get(name)
        if code in ("429", "503"):
            answer["headers"] = _RETRY_AFTER
        if code == "409":
            answer["content"]["application/problem+json"]["schema"] = {"$ref": _REFERENCE + "StaleProblem"}


def _stale_problem(problem: Json) -> Json:
    """Return the schema of a 409: a problem with the current case."""
    case: Json = {"$ref": _REFERENCE + "CaseOut"}
    return {
        **problem,
        "title": "StaleProblem",
        "description": "The case has changed since you read it; `case` is the current one.",
        "properties": {**problem["properties"], "case": case},
        "required": [*problem["required"], "case"],
    }


def _type_the_enums(part: Any) -> None:
    """Say of every enumeration of strings that it is one: generators need the type."""
    if isinstance(part, dict):
        if isinstance(part.get("enum"), list) and all(isinstance(value, str) for value in part["enum"]):
            part.setdefault("type", "string")
        for each in part.values():
            _type_the_enums(each)
    elif isinstance(part, list):
        for each in part:
            _type_the_enums(each)


def _drop_unused(openapi: Json) -> None:
    """Remove schemas that nothing refers to: the shapes of queries are parameters in the document."""
    schemas = openapi["components"]["schemas"]
    used: set[str] = set()
    waiting: list[Any] = [openapi["paths"]]
    while waiting:
        for name in re.findall(rf"'{_REFERENCE}(\w+)'", repr(waiting.pop())):
            if name not in used:
                used.add(name)
                waiting.append(schemas[name])
    for name in set(schemas) - used:
        del schemas[name]
