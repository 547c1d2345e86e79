"""The waiting hall: what stands in it and in the hands of those who wait; nobody signs in here."""
