"""The desk's benchmark: databases to measure on, server time and query plans, key presses."""
