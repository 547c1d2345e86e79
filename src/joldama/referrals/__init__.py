"""Referrals and their life after issue (¶6)."""
