"""Alembic's entry: migrations run in one transaction on the connection that the caller gives."""

from alembic import context

from moderation.models import Base

with context.config.attributes["connection"].begin() as transaction:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        compare_type=True,
    )
    context.run_migrations()
