"""Makes the sealed papers of a signed decision: rows into print, print into sealed PDFs."""
