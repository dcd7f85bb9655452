"""Quality of triage and rechecks on typos: finding, grouping, suggestions, detection of fixes."""
