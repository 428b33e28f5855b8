"""The layer lint: what a model may read, its first line, the folder its name asks for, and descriptions."""

from pathlib import Path

import pytest

from scripts.lint_layers import long_lines, offenses

DESCRIBED = {"description": "One row per call.", "config": {"schema": "intermediate"}, "columns": {}}
SEED = {"resource_type": "seed", "refs": [], "sources": [], **DESCRIBED}


def manifest(root: Path, path: str, refs=(), sources=(), text="-- One row per call.\n") -> dict:
    """A project of one model among nodes of every layer."""
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(text)
    model = {
        "name": Path(path).stem,
        "resource_type": "model",
        "original_file_path": path,
        "refs": [{"name": ref} for ref in refs],
        "sources": list(sources),
        **DESCRIBED,
    }
    others = {
        name: {**SEED, "name": name, "original_file_path": f"{folder}/{name}.sql"}
        for name, folder in {
            "raw_calls": "seeds/sample",
            "channels": "seeds/reference",
            "stg_sample__calls": "models/staging/sample",
            "stg_bank__calls": "models/staging/bank",
            "int_sample__calls": "models/intermediate/sample",
            "int_calls": "models/intermediate/conformed",
            "int_repeats": "models/intermediate/derived",
            "fact_calls": "models/marts",
            "row_accounting": "models/meta",
        }.items()
    }
    return {"nodes": {**others, "model": model}, "disabled": {}}


@pytest.mark.parametrize(
    ("path", "refs", "sources"),
    [
        ("models/staging/sample/stg_sample__x.sql", ["raw_calls", "channels"], [["sample", "files"]]),
        ("models/intermediate/sample/int_sample__x.sql", ["stg_sample__calls"], []),
        ("models/intermediate/conformed/int_x.sql", ["int_sample__calls", "int_calls"], []),
        ("models/intermediate/derived/int_x.sql", ["int_calls", "int_repeats", "channels"], []),
        ("models/marts/visits/fact_x.sql", ["int_calls", "fact_calls", "channels"], []),
        ("models/reports/report_x.sql", ["fact_calls"], []),
        ("models/meta/x.sql", ["stg_bank__calls", "row_accounting", "fact_calls"], []),
    ],
)
def test_a_model_may_read_the_layer_above(tmp_path, path, refs, sources):
    assert list(offenses(manifest(tmp_path, path, refs, sources), tmp_path)) == []


@pytest.mark.parametrize(
    ("path", "refs", "sources", "offense"),
    [
        (
            "models/staging/sample/stg_sample__x.sql",
            ["int_calls"],
            [],
            "reads int_calls (intermediate/conformed),"
            " may read seeds/sample, seeds/reference, sources/sample, staging/sample",
        ),
        (
            "models/staging/sample/stg_sample__x.sql",
            [],
            [["bank", "files"]],
            "reads bank.files (sources/bank), may read seeds/sample, seeds/reference, sources/sample, staging/sample",
        ),
        (
            "models/intermediate/sample/int_sample__x.sql",
            ["stg_bank__calls"],
            [],
            "reads stg_bank__calls (staging/bank), may read staging/sample, intermediate/sample",
        ),
        (
            "models/intermediate/conformed/int_x.sql",
            ["int_repeats"],
            [],
            "reads int_repeats (intermediate/derived), may read intermediate/<source>, intermediate/conformed",
        ),
        (
            "models/intermediate/conformed/int_x.sql",
            ["channels"],
            [],
            "reads channels (seeds/reference), may read intermediate/<source>, intermediate/conformed",
        ),
        (
            "models/intermediate/conformed/int_x.sql",
            ["stg_sample__calls"],
            [],
            "reads stg_sample__calls (staging/sample), may read intermediate/<source>, intermediate/conformed",
        ),
        (
            "models/kpis/kpi_x.sql",
            ["row_accounting"],
            [],
            "reads row_accounting (meta), may read marts, kpis",
        ),
        (
            "models/intermediate/bank/int_sample__x.sql",
            [],
            [],
            "is named after the source sample, move it into that folder",
        ),
    ],
)
def test_an_offense_says_file_what_is_read_and_what_may_be(tmp_path, path, refs, sources, offense):
    found = list(offenses(manifest(tmp_path, path, refs, sources), tmp_path))
    assert found == [f"{path}: {offense}"]


def test_a_model_that_is_switched_off_is_held_too(tmp_path):
    project = manifest(tmp_path, "models/kpis/kpi_x.sql", ["int_calls"])
    project["disabled"]["model"] = [project["nodes"].pop("model")]
    assert len(list(offenses(project, tmp_path))) == 1


def test_the_grain_stands_in_line_one(tmp_path):
    project = manifest(tmp_path, "models/marts/fact_x.sql", text="select 1\n-- One row per call.\n")
    assert "does not say the grain" in next(offenses(project, tmp_path))


def test_a_model_in_no_layer_is_told_which_there_are(tmp_path):
    project = manifest(tmp_path, "models/extras/x.sql")
    assert "is in no layer, put it into one of staging/<source>, " in next(offenses(project, tmp_path))


@pytest.mark.parametrize("description", ["", " \n"])
@pytest.mark.parametrize("where", ["nodes", "disabled"])
def test_a_model_anywhere_has_a_description(tmp_path, where, description):
    path = "models/intermediate/sample/int_sample__x.sql"
    project = manifest(tmp_path, path)
    project["nodes"]["model"]["description"] = description
    if where == "disabled":
        project["disabled"]["model"] = [project["nodes"].pop("model")]
    assert list(offenses(project, tmp_path)) == [f"{path}: has no description, write it into a yml of its folder"]


def test_a_published_model_describes_its_columns(tmp_path):
    path = "models/marts/fact_x.sql"
    project = manifest(tmp_path, path)
    model = project["nodes"]["model"]
    model["config"] = {"schema": "marts"}
    assert list(offenses(project, tmp_path)) == [f"{path}: is published and describes no column"]
    model["columns"] = {"call_key": {"description": "Key."}, "wait_seconds": {"description": ""}}
    assert list(offenses(project, tmp_path)) == [f"{path}: is published and does not describe its column wait_seconds"]


def test_a_model_that_is_not_published_may_leave_columns_undescribed(tmp_path):
    project = manifest(tmp_path, "models/intermediate/sample/int_sample__x.sql")
    project["nodes"]["model"]["columns"] = {"call_key": {"description": ""}}
    assert list(offenses(project, tmp_path)) == []


def test_a_published_seed_describes_every_column_of_its_file(tmp_path):
    project = manifest(tmp_path, "models/marts/fact_x.sql")
    (tmp_path / "seeds/reference").mkdir(parents=True)
    (tmp_path / "seeds/reference/channels.csv").write_text("channel_code,channel_name,family\nphone,Phone,voice\n")
    seed = project["nodes"]["channels"]
    seed.update(
        original_file_path="seeds/reference/channels.csv",
        config={"schema": "meta"},
        columns={"channel_code": {"description": "Code."}, "family": {"description": ""}},
    )
    assert list(offenses(project, tmp_path)) == [
        "seeds/reference/channels.csv: is published and does not describe its column channel_name",
        "seeds/reference/channels.csv: is published and does not describe its column family",
    ]


def test_a_line_of_a_macro_has_100_columns_at_most(tmp_path):
    (tmp_path / "macros/kpis").mkdir(parents=True)
    (tmp_path / "macros/kpis/x.sql").write_text("-" * 100 + "\n" + "ä" * 101 + "\n", encoding="utf-8")
    assert list(long_lines(tmp_path)) == ["macros/kpis/x.sql:2: has 101 columns, may have 100"]
