"""The editors' queue, case pages, bulk decisions and downloads."""
