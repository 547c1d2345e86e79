"""Pages for the organisation a person was sent to: it answers without an account (§3.6)."""
