"""Whole cases by HTTP alone, from the opening of the matter to the history the auditor reads."""
