"""Rules of telling: pure, without database and clock."""
