"""Everything of one place in one archive, and back on an empty place: database, files, keys (docs/production.md)."""
