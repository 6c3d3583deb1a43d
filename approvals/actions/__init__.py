"""Everything that changes data in this room, one verb per function."""
