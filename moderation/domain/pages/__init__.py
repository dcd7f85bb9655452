"""When a page is fetched again."""
