"""Time and bytes of a report while reports, cases, selections, sites and due pages grow."""
