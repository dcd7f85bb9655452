"""Sites: directory, administration, members, keys, installation, audit log, export."""
