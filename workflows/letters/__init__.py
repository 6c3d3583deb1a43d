"""Letters to departments: sent, answered, typed in from paper, reminded; people × departments at a glance."""
