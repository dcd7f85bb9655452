"""Rules of a site: settings, URLs, links."""
