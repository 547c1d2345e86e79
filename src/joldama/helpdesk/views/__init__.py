"""Pages of the status desks."""
