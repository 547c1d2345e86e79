"""Applications, their documents, deadlines and decisions."""
