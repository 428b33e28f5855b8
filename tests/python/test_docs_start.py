"""The start page of the documentation links what is there, and counts the landed rows."""

import pytest

from scripts.docs_start import PARTS, write_start
from scripts.publish import served_file
from scripts.registry import opened


@pytest.fixture(scope="module")
def served():
    if not served_file().exists():
        pytest.fail(f"{served_file()} does not exist: run make build first.")
    with opened(served_file()) as connection:
        yield connection


@pytest.mark.parametrize("there", [{"kpis"}, {"kpis", "dbt"}, {"kpis", "dbt", "quality"}])
def test_only_what_is_there_is_linked(served, tmp_path, there):
    for folder in there:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.html").touch()
    write_start(served, tmp_path)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    for page, title, _ in PARTS:
        assert (f'<a href="{page}">{title}</a>' in html) == (page.partition("/")[0] in there), title


def test_every_landed_row_is_counted(served, tmp_path):
    write_start(served, tmp_path)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    [(rows_in, quarantined)] = served.execute(
        "select sum(rows_in), sum(rows_quarantined) from meta.row_accounting where source_system = 'sample'"
    ).fetchall()
    assert f"{rows_in:,}" in html and f"{quarantined:,}" in html
