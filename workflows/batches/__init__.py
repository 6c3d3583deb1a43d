"""Many equal items at once: looked over before, each an act of its own, told row by row."""
