"""Run the simulation, write the seeds, and print the headline figures of the books."""

import argparse
from pathlib import Path

from scripts.simulate.headline import headline
from scripts.simulate.result import DEFAULT_SEED, simulate
from scripts.simulate.tables import write_books, write_seeds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.simulate", description=__doc__)
    parser.add_argument("--seeds-dir", type=Path, default=Path("seeds/sample"))
    parser.add_argument("--books-dir", type=Path, help="also write the simulation's own books here")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    arguments = parser.parse_args()

    result = simulate(arguments.seed)
    write_seeds(result, arguments.seeds_dir)
    if arguments.books_dir:
        write_books(result, arguments.books_dir)
    for name, rows in result.raw_tables.items():
        print(f"{name:28s} {len(rows):>8,d} rows")
    for name, value in headline(result.books).items():
        print(f"{name:28s} {value:>12,.3f}")


if __name__ == "__main__":
    main()
