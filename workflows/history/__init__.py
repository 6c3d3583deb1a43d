"""What happened to a case, for those who may read whole histories."""
