"""Everything that changes notices and the store of objections, one verb per function."""
