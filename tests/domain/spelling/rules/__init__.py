"""Tests of the rules for words that exist but do not fit."""
