"""The process that keeps open pages fresh: `python -m joldama.config.live --port 8001 --web http://127.0.0.1:8000`.

Run by the supervisor; needs no Django and no keys.
"""

import argparse
import asyncio
import logging
import os

from joldama.live.serving import MOST, Settings, serve


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--web", required=True, help="where the web server of this installation answers")
    parser.add_argument("--most", type=int, default=MOST, help="how many streams are taken (%(default)s)")
    args = parser.parse_args()
    logging.basicConfig(format="{levelname} {name}: {message}", style="{", level=logging.WARNING)
    asyncio.run(
        serve(
            Settings(
                address=args.address,
                port=args.port,
                database_url=os.environ["DATABASE_URL"],
                web_origin=args.web,
                most=args.most,
            )
        )
    )


if __name__ == "__main__":
    main()
