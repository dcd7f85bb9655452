"""Password hashing that costs tests nothing: one hash of the program takes a quarter of a second."""

from argon2 import PasswordHasher

from moderation.services.accounts import editors

STRONG = editors.hasher
"""What the program uses."""

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""What in-process tests use."""
