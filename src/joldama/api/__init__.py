"""The door for partners' systems: calls in JSON, each with the key of its system; no sessions, no pages."""
