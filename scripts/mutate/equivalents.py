"""Mutants that give the same numbers whatever the rows: tests/mutation/equivalent.yml."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from scripts.mutate.mutants import MutationError

FILE = Path(__file__).parents[2] / "tests" / "mutation" / "equivalent.yml"


class Equivalents:
    def __init__(self, entries: list[dict]):
        """Names of mutants by the reason why no check can notice them."""
        self.names: set[str] = set()
        for entry in entries:
            if set(entry) != {"reason", "mutants"} or not entry["reason"] or not entry["mutants"]:
                raise MutationError(f"{FILE.name}: each entry has a reason and mutants, and nothing else.")
            self.names |= set(entry["mutants"])
        if len(self.names) < sum(len(entry["mutants"]) for entry in entries):
            raise MutationError(f"{FILE.name} lists a mutant twice.")

    @classmethod
    def read(cls) -> "Equivalents":
        return cls(yaml.safe_load(FILE.read_text(encoding="utf-8")) or [])

    def out_of_date(self, caught: dict[str, bool], everything: bool) -> Iterator[str]:
        """Of what was judged, by name and whether it was caught. Only a run of everything knows what is gone."""
        for name in sorted(self.names):
            if caught.get(name):
                yield f"{FILE.name} lists what a check catches; take it out: {name}"
            elif everything and name not in caught:
                yield f"{FILE.name} lists a mutant that is no more; take it out: {name}"
