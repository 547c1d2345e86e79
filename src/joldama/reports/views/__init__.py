"""The views of the reports."""
