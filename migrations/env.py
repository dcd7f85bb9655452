"""Alembic's entry point. Migrations run in one transaction on the caller's connection."""

from alembic import context

from moderation.models import Base

with context.config.attributes["connection"].begin() as transaction:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        compare_type=True,
    )
    context.run_migrations()
