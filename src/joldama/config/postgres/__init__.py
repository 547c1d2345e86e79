"""The embedded database: PostgreSQL in the user's own data folder, started, joined and stopped here."""

from joldama.config.postgres.owner import default_home
from joldama.config.postgres.server import Server, join, running, start

__all__ = ["Server", "default_home", "join", "running", "start"]
