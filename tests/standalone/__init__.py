"""Tests of `corrigenda run`: it starts, stops and survives crashes."""
