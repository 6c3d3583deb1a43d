"""Everything that changes data here."""
