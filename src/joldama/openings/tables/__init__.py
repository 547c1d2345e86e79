"""Tables of organisations and openings: what their columns are, and what is wrong with which row.

The same judge reads a spreadsheet and a call of a partner's system.
"""
