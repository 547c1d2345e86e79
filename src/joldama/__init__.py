"""Joldama: the state service of issuing employment referrals, end to end."""
