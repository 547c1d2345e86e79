"""Complaints about the service, in the chancery of the body that considers them; appeals to court (¶10, ¶11)."""
