"""`make backfill` hands dbt the range, and the settings that daily builds are given."""

import pytest

from scripts.backfill import variables

RANGE = {"FROM": "2026-03-01", "TO": "2026-03-07"}


def test_a_range_alone_takes_the_settings_of_the_project():
    assert variables(RANGE) == {"backfill_from": "2026-03-01", "backfill_to": "2026-03-07"}


def test_sources_and_folder_have_words_of_their_own():
    asked = variables(RANGE | {"SOURCES": "files, zendesk", "ROOT": "/data/landing"})
    assert asked["sources"] == ["files", "zendesk"]
    assert asked["landing_root"] == "/data/landing"


def test_what_daily_builds_are_given_comes_along():
    asked = variables(RANGE | {"VARS": "{sources: [files], reporting_timezone: Europe/Berlin}"})
    assert asked["reporting_timezone"] == "Europe/Berlin"
    assert asked["sources"] == ["files"]
    assert asked["backfill_to"] == "2026-03-07"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"FROM": "2026-03-01"}, "TO= is no date"),
        ({"FROM": "March", "TO": "2026-03-07"}, "FROM=March is no date"),
        ({"FROM": "2026-03-08", "TO": "2026-03-07"}, "TO=2026-03-07 lies before FROM=2026-03-08"),
        (RANGE | {"VARS": "Europe/Berlin"}, "VARS=Europe/Berlin is no set of variables"),
        (RANGE | {"VARS": "{sources: [files"}, "is no set of variables"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(environment, sentence):
    with pytest.raises(SystemExit, match=sentence):
        variables(environment)
