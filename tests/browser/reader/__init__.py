"""The widget on pages of news sites."""
