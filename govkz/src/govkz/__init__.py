"""What every e-government service of Kazakhstan needs; the packages know nothing of each other."""
