"""The demo province: a ledger, people who can sign in, and cases at every step, all made by the real verbs."""
