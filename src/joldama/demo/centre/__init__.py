"""The emulated certification centre: answers, publishes and stamps over HTTP for a test authority in a folder.

A process of its own, bound to loopback, beside the real adapter: a demonstration asks as an installation does.
"""
