"""What looks into files that came from outside; runs in a child process and knows nothing of Django."""
