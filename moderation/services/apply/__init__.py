"""Corrections applied in the CMS of a site: connections, the queue, previews, reverting."""
