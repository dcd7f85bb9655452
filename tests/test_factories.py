"""Every table has a factory, and no factory needs arguments."""

import pytest
from sqlalchemy import inspect

from moderation.models import Base
from tests.factories.row import Row

FACTORIES = {row_factory._meta.model.__name__: row_factory for row_factory in Row.__subclasses__()}


def test_every_model_has_one_factory():
    assert len(FACTORIES) == len(Row.__subclasses__())
    assert set(FACTORIES) == {mapper.class_.__name__ for mapper in Base.registry.mappers}


@pytest.mark.parametrize("model", sorted(FACTORIES))
def test_a_row_is_made_without_arguments(session, model):
    row = FACTORIES[model]()
    session.expunge_all()
    assert session.get(type(row), inspect(row).identity) is not None
