"""Rules only: no Flask, no database, no clock, no network. What it needs is passed in."""
