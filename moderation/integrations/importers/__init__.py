"""Importers: reports from other systems and from files. One file per source."""
