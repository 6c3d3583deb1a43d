"""What must stay private is searched in everything the house gives out (canaries).

Values nobody could meet by chance are put into the data through the real verbs; then every page,
answer, document, export, mail, notice, log record and Redis key is decoded and searched for them.
A control value that is allowed must be found in each kind, so that a search of nothing cannot pass.
"""
