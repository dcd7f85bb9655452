"""Tests of sign-in, profile, tokens and invitations."""
