"""The views of the administration."""
