"""The ledger of the office (台账): reading it as it is really kept, checking it row by row, writing it at once."""
