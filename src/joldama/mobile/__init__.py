"""The door for phones: eGov Mobile's three calls, and what the screen that shows the QR code asks meanwhile."""
