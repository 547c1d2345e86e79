"""The waiting line of a place: walk-in tickets, calls, the clocks of waiting and serving (¶4.2, ¶4.3, ¶8.1)."""
