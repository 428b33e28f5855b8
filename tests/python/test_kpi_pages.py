"""The page of a KPI shows what the registry, the targets and the worked examples say, and nothing else."""

import re
from datetime import date
from html import unescape

import duckdb
import pytest

from scripts.kpi import readable
from scripts.kpi_pages.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Point, line_chart
from scripts.kpi_pages.pages import month_to_show, of_last_months, write_pages
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
     "vendor_divergence", "expression", "parameter_use"],
)  # fmt: skip
def test_the_pages_say_what_the_registry_says(served, pages, column):
    for kpi, text in served.execute(
        f"select kpi_name, {column} from marts.dim_kpi where {column} is not null"
    ).fetchall():
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


def test_a_restriction_of_the_parameter_follows_where_else_the_kpi_is_right(pages):
    page = pages["service_level"]
    assert page.index(" too. Takes threshold as well. With a threshold of your own") > 0


def test_targets_say_what_they_are_for_and_when(pages):
    assert "own Phone at most 6.00% 2026-01-01 to 2026-10-18 What the center" in pages["abandonment_rate"]
    assert "own Sales, Phone at most 4.00% 2026-01-01 A lost caller" in pages["abandonment_rate"]
    assert not any("All queues" in page for page in pages.values())


def test_the_index_says_of_which_month_a_value_is(served, pages):
    (value,) = served.execute(
        "select value from kpis.kpi_monthly where kpi_name = 'abandonment_rate' and month_start_date = '2026-10-01'"
    ).fetchone()
    assert f"1 2026-10 {value:.2%}" in pages["index"]


def test_a_caption_tells_of_a_target_only_where_one_is_drawn(served, tmp_path):
    write_pages(served, tmp_path)
    htmls = [page.read_text(encoding="utf-8") for page in tmp_path.glob("*.html")]
    told = [("the target of the time is met" in html, '<rect class="target"' in html) for html in htmls]
    assert {(True, True), (False, False)} == set(told)


@pytest.mark.parametrize(
    "last_day, shown",
    [(date(2026, 11, 9), 10), (date(2026, 11, 30), 11), (date(2026, 12, 1), 11), (date(2026, 9, 9), 11), (None, 11)],
)
def test_a_month_that_is_over_is_preferred(last_day, shown):
    months = [{"month_start_date": date(2026, month, 1)} for month in (9, 10, 11)]
    assert month_to_show(months, last_day)["month_start_date"].month == shown


def test_a_kpi_without_months_shows_none():
    assert month_to_show([], date(2026, 11, 9)) is None


def test_the_table_by_channel_is_of_the_last_thirteen_months():
    rows = [{"month_start_date": date(year, month, 1)} for year in (2025, 2026) for month in range(1, 13)] * 2
    assert {row["month_start_date"] for row in of_last_months(rows)} == {
        date(2025, 12, 1),
        *(date(2026, month, 1) for month in range(1, 13)),
    }


def chart_of(*values, unit="number"):
    """Of days with a value each, or a value and the bounds of its target."""
    points = [
        Point(date(2026, 10, day), *(value if isinstance(value, tuple) else (value,)))
        for day, value in enumerate(values, start=1)
    ]
    return line_chart(points, lambda value: readable(value, unit))


def test_a_missing_value_leaves_a_gap_in_the_line():
    chart = chart_of(1, 2, None, 3, None, 4, 5)
    assert chart.count("<polyline") == 3
    # The lonely value in the middle is a dot, or nobody would see it.
    assert chart.count("<circle") == 1
    assert "<rect" not in chart


def test_a_band_is_drawn_where_the_target_lies():
    chart = chart_of((1, 2, 4), (5, 2, 4))
    # Values from 1 to 5, and 8 % of that at both ends: 4.64 high, the band 2 of it.
    assert bands(chart) == [(LEFT, WIDTH - LEFT - RIGHT, pytest.approx((HEIGHT - TOP - BOTTOM) * 2 / 4.64, abs=0.1))]


def test_a_target_is_drawn_in_steps():
    chart = chart_of((1, None, 4), (2, None, 4), (3, None, 2), 4, (5, 2, None))
    between = (WIDTH - LEFT - RIGHT) / 4
    assert [(start, width) for start, width, _ in bands(chart)] == [
        (LEFT, pytest.approx(1.5 * between, abs=0.1)),
        (pytest.approx(LEFT + 1.5 * between, abs=0.1), pytest.approx(between, abs=0.1)),
        (pytest.approx(LEFT + 3.5 * between, abs=0.1), pytest.approx(between / 2, abs=0.1)),
    ]


def bands(chart):
    """Start, width and height of each."""
    found = re.findall(r'<rect class="target" x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"', chart)
    return [tuple(map(float, numbers)) for numbers in found]


def test_the_axis_is_labeled_in_the_unit():
    assert re.findall(r'text-anchor="end">([^<]+)</text>', chart_of(0.0, 1.0, unit="ratio"))[:3] == [
        "0.00%",
        "54.00%",
        "108.00%",
    ]


def test_one_value_is_no_line():
    assert chart_of(1, None) == ""
