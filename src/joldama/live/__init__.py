"""Wakes open pages: one process that the database wakes, and that pushes to every page that listens.

It knows places and the parts of an open board, and nothing of people: no sessions, no cookies, no Django.
"""
