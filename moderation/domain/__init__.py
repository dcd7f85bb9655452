"""Rules: no Flask, no database, no clock, no network. What a rule needs is passed in."""
