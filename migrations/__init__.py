"""Alembic migrations, one subject per file."""
