"""Whether reports of real pages end at the right place."""
