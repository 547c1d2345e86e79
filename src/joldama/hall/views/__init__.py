"""Pages: each reads the clock, makes one call, and shows its answer."""
