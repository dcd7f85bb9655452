"""Schemas of API requests and answers."""
