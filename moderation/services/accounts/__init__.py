"""Editors, sessions, tokens, two-factor authentication, single sign-on."""
