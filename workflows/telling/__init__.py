"""Who is told what: the proof of it for each case, the table of all messages, and who would be told next."""
