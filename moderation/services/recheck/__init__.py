"""Fetch pages again; close cases that are corrected and reopen those that are back."""
