"""Where an administrator keeps offices, places and staff, and where an invited official sets his password."""
