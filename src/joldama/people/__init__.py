"""Persons, accounts, staff, offices and their places, territory."""
