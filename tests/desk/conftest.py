import pytest

from tests.support.desk import sign_in


@pytest.fixture
def desk(client, editor):
    """A browser in which the editor is signed in."""
    sign_in(client, editor.email)
    return client
