"""What this installation is: a demonstration or the real thing, and what time it is there."""
