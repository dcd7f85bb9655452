"""Tests in a real browser against a stack that `corrigenda run` started."""
