"""What an office did in a month, in figures: for its head and for the auditor; every figure opens its rows."""
