"""A virtual day at one place: a script made from a seed, played through the pages, and judged afterwards."""
