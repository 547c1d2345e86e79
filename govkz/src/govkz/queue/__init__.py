"""A strict line: first come, first served, by several windows.

Plain values in and out; the line itself, its rows and its locks are the service's own.
"""
