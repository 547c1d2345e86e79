"""The register of persons behind the e-government gateway (¶9): asked over HTTP, by the worker only."""
