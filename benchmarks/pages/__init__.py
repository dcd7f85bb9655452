"""Check that reports of real pages find the right passage."""
