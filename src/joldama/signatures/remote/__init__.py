"""Signatures that are given on a phone: requests as rows, and what a screen keeps of its own."""
