"""What stands outside: each outside thing one adapter, opened by the worker and config only."""
