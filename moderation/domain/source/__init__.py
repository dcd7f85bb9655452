"""The source of an article in a CMS: find a passage in it, and change its text but not its markup."""
