"""Pages of the chanceries."""
