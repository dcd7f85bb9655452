"""Suggestions and detected fixes through the API and the worker, beside what their parts can do."""
