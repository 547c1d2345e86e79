"""Inquiries to state information systems and their answers (¶9)."""
