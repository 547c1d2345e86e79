"""Stands for a person's own signing software in a demonstration: a local process that holds his key.

It shows what it is asked to sign and asks; the web server never holds a key. A page reaches it with the
token of this start and from the portal's origin only.
"""
