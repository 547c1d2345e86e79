"""Random changes of an XML text that leave much of it well-formed."""

import random
from collections.abc import Iterator


def mutants(original: bytes, count: int, *, seed: int) -> Iterator[bytes]:
    """Change, drop, double, insert or swap bytes at random places, once or twice."""
    chance = random.Random(seed)
    for _ in range(count):
        changed = bytearray(original)
        for _ in range(chance.randint(1, 2)):
            place = chance.randrange(len(changed))
            match chance.randrange(5):
                case 0:
                    changed[place] = chance.choice(b"0aZ-.+ <&'\"/=\n\r\xff")
                case 1:
                    changed[place] ^= 1 << chance.randrange(8)
                case 2:
                    del changed[place : place + chance.randint(1, 40)]
                case 3:
                    changed[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
                case 4:
                    other = chance.randrange(len(changed))
                    changed[place:place] = changed[other : other + chance.randint(1, 80)]
        yield bytes(changed)
