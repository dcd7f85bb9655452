"""The instance as a whole: migrations, backup, secret key, build, demo."""
