"""What officials work with: sign-in, work list, cases, intake, decisions."""
