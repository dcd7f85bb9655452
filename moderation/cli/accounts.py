"""Sites, editors and tokens."""
