"""Text rules: normalisation, comparison, page text, passages, differences."""
