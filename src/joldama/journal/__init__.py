"""What happened and who looked: append-only; and the errands left for the worker."""
