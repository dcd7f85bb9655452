"""Checks of problem details (RFC 9457)."""

from werkzeug.test import TestResponse


def assert_problem(
    response: TestResponse, status: int, *, pointer: str | None = None, words: str = "", type: str = ""
) -> None:
    """Assert that the response is problem+json with this status, problem and pointer."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == status
    assert problem["type"].startswith("/api/v1/problems/")
    assert problem["type"].endswith(type)
    assert problem["title"]
    assert words in problem["detail"]
    if pointer is not None:
        assert pointer in [error["pointer"] for error in problem["errors"]]
