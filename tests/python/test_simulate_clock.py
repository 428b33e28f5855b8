"""The simulation's clock: intervals lose no second, and wall clocks change when they should."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scripts.simulate.clock import INTERVAL_SECONDS, at_local, local_text, split_by_interval, utc_seconds, utc_text

INSTANTS = st.integers(min_value=1_780_000_000, max_value=1_800_000_000)


@given(started_at=INSTANTS, seconds=st.integers(min_value=0, max_value=20_000))
def test_split_pieces_add_up_and_stay_in_their_interval(started_at, seconds):
    pieces = list(split_by_interval(started_at, started_at + seconds))
    assert sum(length for _, length in pieces) == seconds
    assert all(at % INTERVAL_SECONDS == 0 and 0 < length <= INTERVAL_SECONDS for at, length in pieces)
    assert [at for at, _ in pieces] == sorted({at for at, _ in pieces})


@given(at=INSTANTS)
def test_utc_text_can_be_read_back(at):
    assert utc_seconds(utc_text(at)) == at
    assert utc_seconds(local_text(at, "America/New_York")) == at


def test_days_with_a_clock_change_have_25_hours():
    for zone, day in (("Europe/Dublin", date(2026, 10, 25)), ("America/New_York", date(2026, 11, 1))):
        assert at_local(day, "24:00", zone) - at_local(day, "00:00", zone) == 25 * 3600


def test_the_repeated_hour_carries_its_offset():
    first = utc_seconds("2026-11-01T05:30:00Z")
    assert local_text(first, "America/New_York") == "2026-11-01T01:30:00-04:00"
    assert local_text(first + 3600, "America/New_York") == "2026-11-01T01:30:00-05:00"
