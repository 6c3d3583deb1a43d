"""Paper in, paper out: what is printed for a case, and scans that find their way by the code."""
