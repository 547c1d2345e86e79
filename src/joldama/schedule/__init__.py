"""When work is done and when it stands still: the calendar's corrections, technical breaks (¶8)."""
