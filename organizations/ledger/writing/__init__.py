"""Writes good rows set by set: what exists is compared field by field, what is new comes in at once."""
