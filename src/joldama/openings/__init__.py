"""Organisations that take people, their confirmed contacts, and the openings they hold."""
