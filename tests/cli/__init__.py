"""Tests of the `corrigenda` command."""
