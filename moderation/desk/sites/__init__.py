"""Administration of a site: settings, installation, members, audit log."""
