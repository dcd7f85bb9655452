"""Rules in pure Python: no Flask, no database, no clock, no network. Callers pass in the data."""
