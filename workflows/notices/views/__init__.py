"""Pages of notices: the open one, those of the discipline officer, those of the office."""
