"""`python -m joldama.config.cli`: the command where it is not installed as a script."""

import sys

from joldama.config.cli import main

sys.exit(main())
