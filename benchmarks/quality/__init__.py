"""Quality of triage on typos: finding, grouping, suggesting, seeing what is fixed."""
