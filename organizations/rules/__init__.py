"""What holds of people, numbers, names and days: pure, no database, no clock, no Django."""
