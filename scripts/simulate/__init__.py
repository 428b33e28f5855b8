"""A discrete-event simulation of a small contact center.

`simulate(seed)` runs it and returns a `Result`: the raw rows that the center's systems would have written, the books
the simulation kept while it ran, the damage done to the raw rows, and the books as they must look after it.
"""

from scripts.simulate.result import DEFAULT_SEED, Result, simulate

__all__ = ["DEFAULT_SEED", "Result", "simulate"]
