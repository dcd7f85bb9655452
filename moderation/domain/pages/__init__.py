"""When a page is checked again."""
