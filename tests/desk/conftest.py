"""Browsers in which somebody is signed in."""

import pytest

from tests.factories import EditorFactory
from tests.support.desk import sign_in


@pytest.fixture
def desk(client, editor):
    """A browser in which the editor is signed in."""
    sign_in(client, editor.email)
    return client


@pytest.fixture
def admin(client, site):
    """A browser in which an admin of the site is signed in."""
    sign_in(client, EditorFactory(role="admin", role__site=site).email)
    return client
