"""Fixtures that several tests share."""

import duckdb
import pytest

from scripts.publish import build_file
from scripts.simulate import simulate


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
