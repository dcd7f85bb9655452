"""Tests of editors, sessions, tokens and single sign-on."""
