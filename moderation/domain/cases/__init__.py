"""Rules of a case: lifecycle, grouping, priority, spam."""
