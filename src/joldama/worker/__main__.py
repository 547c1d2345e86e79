"""The worker process: `python -m joldama.worker`, kept alive by the supervisor."""

from joldama.worker.running import main

main()
