"""What the tests of the contract share."""

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig

REJECTIONS = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429", "5xx"]
"""Answers to invalid requests. A list may be too long in bytes (413) before its shape is looked at."""


@pytest.fixture(scope="session")
def contract(shared_app):
    """The document as schemathesis reads it. It is read once: that takes half a second."""
    config = {"checks": {"negative_data_rejection": {"expected-statuses": REJECTIONS}}}
    return schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", shared_app, config=SchemathesisConfig.from_dict(config)
    )
