"""The status desks: reference services of providers and the contact centre 1414 (¶14)."""
