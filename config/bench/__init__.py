"""What our own paths cost beside the stock part and beside the least that the database must do."""
