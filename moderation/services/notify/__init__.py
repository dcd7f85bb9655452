"""Tell people what happened: mail."""
