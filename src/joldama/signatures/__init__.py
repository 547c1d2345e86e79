"""What was signed, by whom, and how it was judged: bytes kept as received, reports kept whole."""
