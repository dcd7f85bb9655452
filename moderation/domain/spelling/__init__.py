"""What should stand in place of a passage that readers say is wrong."""
