"""The whole document with valid and invalid requests, as every role. `make fuzz` runs it longer."""

import itertools
import os
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.contract.operations import OPERATIONS
from tests.contract.roles import ROLES, headers_by_role

ANY_TOKEN = "/api/v1/receipts/{token}"
"""Every string is a valid token, so there is no invalid request."""
VALID_FOR_THE_SCHEMA_ONLY = [positive_data_acceptance]
"""The schema cannot say which cursor, period or action is valid: 422 is the documented answer."""


@pytest.mark.slow
def test_every_role_gets_only_documented_answers(app, contract, session):
    headers = headers_by_role(session)
    seconds, first = float(os.environ.get("FUZZ_SECONDS", "0")), int(os.environ.get("FUZZ_SEED", "1"))
    end, calls = time.monotonic() + seconds, 0
    for number in itertools.count(first):
        for at, (role, operation) in enumerate(itertools.product(ROLES, OPERATIONS)):
            modes = list(GenerationMode) if seconds else [list(GenerationMode)[(at + number) % 2]]
            calls += call_generated(contract, operation, headers[role], number, 20 if seconds else 1, modes)
            if seconds and time.monotonic() >= end:
                break
        if time.monotonic() >= end:
            break
    print(f"{calls} generated calls as {', '.join(ROLES)}", flush=True)
    assert calls >= len(ROLES) * (len(OPERATIONS) - 1)


def call_generated(contract, operation, headers, number, examples, modes):
    """Call one operation with generated requests, run all checks, and return the number of calls."""
    method, path = operation
    calls = 0
    for mode in modes:
        if path == ANY_TOKEN and mode == GenerationMode.NEGATIVE:
            continue

        @seed(number)
        @settings(
            max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(contract[path][method].as_strategy(generation_mode=mode))
        def keeps(case):
            nonlocal calls
            calls += 1
            response = case.call(headers=headers)
            excluded = list(VALID_FOR_THE_SCHEMA_ONLY)
            if has_empty(response.request.url):  # counts as not given, see docs/api.md
                excluded.append(negative_data_rejection)
            case.validate_response(response, headers=headers, excluded_checks=excluded)

        keeps()
    return calls


def has_empty(url):
    """Whether the URL has a parameter without a value."""
    return any(value == "" for _, value in parse_qsl(urlsplit(url).query, keep_blank_values=True))
