"""What the tests of the contract share."""

import pytest
import schemathesis


@pytest.fixture(scope="session")
def contract(shared_app):
    """The document as schemathesis reads it. It is read once: that takes half a second."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", shared_app)
