"""Roles, and the roles that groups of an identity provider grant."""
