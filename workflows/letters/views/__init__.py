"""What people see of letters."""
