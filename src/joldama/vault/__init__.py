"""Encryption at rest: one column type for what carries a person, and blind indexes to find it."""
