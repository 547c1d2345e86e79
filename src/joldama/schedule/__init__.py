"""When the service stands still: technical breaks of the portal (¶8 2))."""
