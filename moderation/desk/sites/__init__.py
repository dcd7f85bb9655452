"""Site administration at the desk."""
