"""What was said to whom by which channel: the contact a person left, the ledger of notices, the messenger's port."""
