"""What is known of mutants that no check notices: tests/mutation/equivalent.yml and open.yml."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from scripts.mutate.mutants import MutationError

FOLDER = Path(__file__).parents[2] / "tests" / "mutation"


class Lists:
    def __init__(self, equivalent: list[dict], still_open: list[str]):
        """Names of mutants that give the same numbers whatever the rows, with a reason; and of those to be caught."""
        self.equivalent = set()
        for entry in equivalent:
            if set(entry) != {"reason", "mutants"} or not entry["reason"] or not entry["mutants"]:
                raise MutationError("equivalent.yml: each entry has a reason and mutants, and nothing else.")
            self.equivalent |= set(entry["mutants"])
        self.open = set(still_open)
        total = sum(len(entry["mutants"]) for entry in equivalent) + len(still_open)
        if len(self.equivalent | self.open) < total:
            raise MutationError("equivalent.yml and open.yml list a mutant twice.")

    @classmethod
    def read(cls, folder: Path = FOLDER) -> "Lists":
        equivalent, still_open = (
            yaml.safe_load((folder / name).read_text(encoding="utf-8")) or [] for name in ("equivalent.yml", "open.yml")
        )
        return cls(equivalent, still_open)

    def out_of_date(self, caught: dict[str, bool], everything: bool) -> Iterator[str]:
        """Of what was judged, by name and whether it was caught. Only a run of everything knows what is gone."""
        for file, names in (("equivalent.yml", self.equivalent), ("open.yml", self.open)):
            for name in sorted(names):
                if caught.get(name):
                    yield f"{file} lists what a check catches; take it out: {name}"
                elif everything and name not in caught:
                    yield f"{file} lists a mutant that is no more; take it out: {name}"
