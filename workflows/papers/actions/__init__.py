"""What happens to a stack of scans: taken in, read, filed."""
