"""Fixtures that several tests share."""

import duckdb
import pytest

from scripts.publish import build_file
from scripts.simulate import simulate

# They build much, so they begin first: none is left for one worker at the end, while the other has nothing to do.
LONGEST = ("test_source_examples", "test_increments", "test_quality", "test_anonymous_bank", "test_adding_a_source")


def pytest_collection_modifyitems(items):
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session")
def warehouse():
    """The built warehouse, read-only; without one there is nothing to test, which is a failure."""
    if not build_file().exists():
        pytest.fail(f"{build_file()} does not exist: run make build first.")
    with duckdb.connect(build_file(), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def simulated():
    """One run of the simulation, as the committed seeds came from; not to be changed by a test."""
    return simulate()
