"""A generated year of re-elections, run through the real actions from the first request to the last post."""
