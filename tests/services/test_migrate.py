from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from moderation.models import Base
from moderation.services.migrate import is_current, upgrade


def test_migrations_give_the_tables_of_the_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_is_once(engine):
    upgrade(engine)
    assert is_current(engine)
