"""A site with two pages, its readers and its editor, and what must be true of it at any moment."""
