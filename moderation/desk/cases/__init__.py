"""The queue, case pages, bulk decisions and downloads."""
