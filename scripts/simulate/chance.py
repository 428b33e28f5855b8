"""Random numbers: one independent stream per concern, and the few distributions the center needs.

A stream is seeded by the run's seed and its own name, so that a new concern leaves the draws of the others alone.
"""

import math
from random import Random


class Streams:
    def __init__(self, seed: int):
        self._seed = seed

    def stream(self, name: str) -> Random:
        return Random(f"{self._seed}/{name}")


def happens(rng: Random, probability: float) -> bool:
    return rng.random() < probability


def exponential_seconds(rng: Random, mean: float, least: int = 1) -> int:
    return max(least, round(rng.expovariate(1 / mean)))


def lognormal_seconds(rng: Random, mean: float, spread: float, least: int = 1, most: int = 10_800) -> int:
    """Skewed durations in seconds; `spread` is the standard deviation divided by the mean."""
    sigma = math.sqrt(math.log(1 + spread**2))
    drawn = rng.lognormvariate(math.log(mean) - sigma**2 / 2, sigma)
    return min(most, max(least, round(drawn)))


def pick(rng: Random, weights: dict):
    """One key of `weights`, each as likely as its weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]
