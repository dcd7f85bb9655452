"""Sites: directory, administration, members, audit, retention."""
