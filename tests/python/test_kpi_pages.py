"""The page of a KPI shows what the registry, the targets and the worked examples say, and nothing else."""

import re
from datetime import date
from html import unescape

import duckdb
import pytest

from scripts.kpi_pages.chart import HEIGHT, line_chart
from scripts.kpi_pages.pages import write_pages
from scripts.publish import served_file


@pytest.fixture(scope="module")
def served():
    if not served_file().exists():
        pytest.fail(f"{served_file()} does not exist: run make build first.")
    with duckdb.connect(served_file(), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def pages(served, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kpis")
    (folder / "gone.html").write_text("a KPI that was removed")
    number = write_pages(served, folder)
    assert number == served.execute("select count(*) from marts.dim_kpi").fetchone()[0]
    return {page.stem: text_of(page.read_text(encoding="utf-8")) for page in folder.glob("*.html")}


def text_of(html):
    """The text as a reader sees it, with blanks made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_every_kpi_has_a_page_and_a_place_in_the_index(served, pages):
    labels = dict(served.execute("select kpi_name, label from marts.dim_kpi").fetchall())
    assert pages.keys() == {*labels, "index"}
    assert all(label in pages["index"] for label in labels.values())


@pytest.mark.parametrize(
    "column",
    ["label", "meaning", "counts", "leaves_out", "time_attribution", "zero_denominator", "definition_source",
     "vendor_divergence", "expression"],
)  # fmt: skip
def test_the_pages_say_what_the_registry_says(served, pages, column):
    for kpi, text in served.execute(f"select kpi_name, {column} from marts.dim_kpi").fetchall():
        assert " ".join(text.split()) in pages[kpi], f"{kpi} does not show its {column}"


def test_the_pages_say_by_what_a_kpi_may_not_be_asked(served, pages):
    refusals = served.execute("select kpi_name, reason from marts.dim_kpi_dimension where not is_valid").fetchall()
    assert refusals
    assert all(" ".join(reason.split()) in pages[kpi] for kpi, reason in refusals)


def test_the_page_shows_targets_and_the_worked_example(pages):
    page = pages["service_level"]
    assert "Sales promised its callers a quicker answer than the other queues." in page
    assert "Service level vector of icmi" in page
    assert "860 / 1050" in page


def test_links_lead_to_pages(served, tmp_path):
    write_pages(served, tmp_path)
    pages = list(tmp_path.glob("*.html"))
    links = {link for page in pages for link in re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8"))}
    assert links
    assert all((tmp_path / link).is_file() for link in links)


def test_a_missing_value_leaves_a_gap_in_the_line():
    days = [(date(2026, 10, day), value) for day, value in enumerate([1, 2, None, 3, None, 4, 5], start=1)]
    chart = line_chart(days, (None, None))
    assert chart.count("<polyline") == 3
    # The lonely value in the middle is a dot, or nobody would see it.
    assert chart.count("<circle") == 1
    assert "<rect" not in chart


@pytest.mark.parametrize("bounds, height", [((2, 4), 1 / 2), ((None, None), None)])
def test_a_band_is_drawn_where_the_target_lies(bounds, height):
    chart = line_chart([(date(2026, 10, 1), 1), (date(2026, 10, 2), 5)], bounds)
    bands = [float(number) for number in re.findall(r'<rect[^>]* height="([\d.]+)"', chart)]
    if height is None:
        assert not bands
    else:
        # Values from 1 to 5, and 8 % of that at both ends: 4.64 high, the band 2 of it.
        assert bands == [pytest.approx((HEIGHT - 40) * 2 / 4.64, abs=0.1)]


def test_one_value_is_no_line():
    assert line_chart([(date(2026, 10, 1), 1), (date(2026, 10, 2), None)], (None, None)) == ""
