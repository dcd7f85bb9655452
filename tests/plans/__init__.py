"""The indexes that statements of hot paths read, compared with `hot_paths.txt`."""
