"""Stands for NCALayer in a demonstration: a local process that holds the invented people's keys.

A page speaks with it as with NCALayer, over a WebSocket that takes the portal's origin only (`exchange`). Its
window (`server`) shows what it is asked to sign and asks; the web server never holds a key.
"""
