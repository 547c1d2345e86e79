"""Carries letters: by SMTP, in a demonstration into files."""

from joldama.adapters.messenger.mail import Mail

__all__ = ["Mail"]
