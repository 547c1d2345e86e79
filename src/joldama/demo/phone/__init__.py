"""Stands for somebody's phone with eGov Mobile in a demonstration: a process that holds the invented people's keys.

It knows of the portal what a QR code tells it, and makes the three calls over HTTP (`calls`); its pages (`server`)
show what the portal answers, ask whose key signs, and send it.
"""
