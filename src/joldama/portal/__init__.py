"""The portal: the service explained, the application, the personal account (¶3 2), ¶13)."""
