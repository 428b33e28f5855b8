"""A change of a KPI is found, told and judged: two warehouses of three KPIs, made by hand."""

import json
from datetime import date

import pytest
from metric_diff_sides import CHANGELOG, KPIS, SERVICE_LEVEL, VISITS, Workshop, manifest

from scripts.metric_diff.causes import Graph, reach_of
from scripts.metric_diff.compare import compare
from scripts.metric_diff.declared import declaration_of, new_changelog_rows, read_declarations
from scripts.metric_diff.definitions import normalized
from scripts.metric_diff.report import as_json, markdown
from scripts.metric_diff.rules import BEYOND, BREAKING, DECLARED, MOVED, NEEDS_VERSION, SAME

TODAY = date(2026, 12, 1)
ONE_LATER = [("2026-11-02", "Phone", 79, 100), *VISITS[1:]]
WITH_ROW = CHANGELOG + "| `service_level` | stricter |\n"
STRICTER = "cast(sum(v.in_time) - 1 as double) / nullif(sum(v.due), 0)"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return Workshop(tmp_path_factory.mktemp("base")).side()


@pytest.fixture
def workshop(tmp_path, base):
    return Workshop(tmp_path, base)


def with_kpi(name, **fields):
    return {**KPIS, name: KPIS[name] | fields}


def compared(workshop, declarations=(), **head):
    return compare(workshop.base, workshop.side(**head), list(declarations), TODAY)


def declared(text):
    return [declaration_of("metric_changes/001.yml", text)]


def verdict(comparison):
    return comparison.judgment.verdict


def findings(comparison):
    return [(each.verdict, each.about) for each in comparison.judgment.findings]


def test_nothing_moved_says_how_much_was_compared(workshop):
    comparison = compared(workshop)
    assert verdict(comparison) == SAME and comparison.judgment.exit_code == 0
    # Totals: 1 + 1 + 2 channels; days: 2 KPIs by 2 days, and by the 3 pairs of day and channel.
    assert comparison.numbers.compared.values == 4 + 4 + 6
    first, *_ = markdown(comparison).splitlines()
    assert first == (
        "**SAME**: no KPI moved; 14 values of 3 KPIs over 2 days and 2 by channel, and 1 other table, were compared."
    )


def test_a_value_that_moves_by_itself_is_found_everywhere(workshop):
    comparison = compared(workshop, visits=ONE_LATER)
    assert verdict(comparison) == MOVED and comparison.judgment.exit_code == 1
    moves = {(move.place, move.period, move.member): move for move in comparison.numbers.moved["service_level"].moves}
    assert moves.keys() == {
        ("total", "", ""), ("kpis.kpi_daily", "2026-11-02", ""), ("kpis.kpi_daily_by_channel", "2026-11-02", "Phone"),
    }  # fmt: skip
    phone = moves["kpis.kpi_daily_by_channel", "2026-11-02", "Phone"]
    assert (phone.old, phone.new) == (0.80, 0.79)
    assert phone.absolute == pytest.approx(-0.01) and phone.relative == pytest.approx(-0.0125)
    assert "contacts_due" not in comparison.numbers.moved


def test_parts_that_move_under_the_same_value_are_found(workshop):
    comparison = compared(workshop, visits=[(day, channel, 2 * a, 2 * b) for day, channel, a, b in VISITS])
    assert {move.kind for move in comparison.numbers.moved["service_level"].moves} == {"parts"}
    assert (MOVED, "service_level") in findings(comparison)


def test_the_order_of_adding_up_is_no_move(workshop):
    third = "update kpis.kpi_daily set value = value + 1e-13 where kpi_name = 'service_level'"
    assert verdict(compared(workshop, statements=[third])) == SAME


def test_days_that_appear_and_vanish_are_moves(workshop):
    comparison = compared(workshop, visits=[*VISITS[:2], ("2026-11-04", "Phone", 30, 50)])
    assert {(move.period, move.kind) for move in comparison.numbers.moved["service_level"].moves} == {
        ("2026-11-03", "vanished"), ("2026-11-04", "appeared"),
    }  # fmt: skip
    assert verdict(comparison) == MOVED


def test_null_is_not_zero(workshop):
    without_due = [*VISITS[:2], ("2026-11-03", "Phone", 0, 0)]
    with_none = [*VISITS[:2], ("2026-11-03", "Phone", 0, 1)]
    comparison = compare(workshop.side(visits=without_due), workshop.side(visits=with_none), [], TODAY)
    daily = [move for move in comparison.numbers.moved["service_level"].moves if move.place == "kpis.kpi_daily"]
    assert [(move.old, move.new) for move in daily] == [(None, 0.0)]


@pytest.mark.parametrize(
    ("fields", "changelog", "expected", "lacking"),
    [
        ({}, CHANGELOG, NEEDS_VERSION, ["`version` is still 1", "`effective_date` is still", "CHANGELOG.md"]),
        ({"version": 2, "effective_date": "2026-12-01"}, CHANGELOG, NEEDS_VERSION, ["CHANGELOG.md"]),
        ({"effective_date": "2026-12-01"}, WITH_ROW, NEEDS_VERSION, ["`version` is still 1"]),
        ({"version": 2}, WITH_ROW, NEEDS_VERSION, ["`effective_date` is still 2026-11-01"]),
        ({"version": 2, "effective_date": "2026-12-01"}, WITH_ROW, DECLARED, []),
    ],
)
def test_another_expression_needs_version_date_and_changelog(workshop, fields, changelog, expected, lacking):
    kpis = with_kpi("service_level", expression=STRICTER, **fields)
    comparison = compared(workshop, kpis=kpis, changelog=changelog)
    assert verdict(comparison) == expected
    text = markdown(comparison)
    assert all(each in text for each in lacking)
    assert f"old: `{SERVICE_LEVEL}`" in text and f"new: `{STRICTER}`" in text


def test_layout_and_comments_are_no_definition(workshop):
    laid_out = "CAST( sum(v.in_time) AS double )\n  / nullif(sum(v.due) , 0) -- as it was"
    assert verdict(compared(workshop, kpis=with_kpi("service_level", expression=laid_out))) == SAME
    assert normalized("expression", "a = 'X  -- y'") != normalized("expression", "a = 'x -- y'")
    assert normalized("meaning", "two\n words") == "two words"


@pytest.mark.parametrize("field", ["meaning", "counts", "unit", "zero_denominator"])
def test_another_meaning_is_another_definition(workshop, field):
    comparison = compared(workshop, kpis=with_kpi("service_level", **{field: "Another."}))
    assert findings(comparison) == [(NEEDS_VERSION, "service_level")]


def test_another_owner_is_told_and_asks_for_nothing(workshop):
    comparison = compared(workshop, kpis=with_kpi("service_level", owner="them"))
    assert verdict(comparison) == SAME
    assert "- owner, which is no definition:" in markdown(comparison)


def test_another_component_is_another_definition(workshop):
    def take_all(text):
        text["metrics"]["metric.p.visits_in_time"]["type_params"]["expr"] = "in_time + 1"

    comparison = compared(workshop, change=take_all)
    assert findings(comparison) == [(NEEDS_VERSION, "service_level")]
    assert "component visits_in_time" in markdown(comparison)


def test_another_threshold_is_another_definition_of_those_that_rest_on_it(workshop):
    comparison = compared(workshop, variables={"patience": 30})
    assert findings(comparison) == [(NEEDS_VERSION, "service_level")]
    assert "threshold patience" in markdown(comparison)
    assert "variable patience (dbt_project.yml, 20 -> 30)" in markdown(comparison)


@pytest.mark.parametrize(
    ("threshold", "statement"),
    [
        ("repeat_window", "update meta.kpi_limits set limit_seconds = 86400"),
        ("short_abandon_seconds", "update marts.queue_channel_policy set short_abandon_seconds = 6"),
        ("scales", "insert into meta.scales values (5, 4)"),
    ],
)
def test_naming_a_threshold_for_the_first_time_changes_none(workshop, threshold, statement):
    def name_it(text):
        text["nodes"]["model.p.visits"]["columns"]["due"]["config"]["meta"]["thresholds"] = [threshold]

    assert verdict(compared(workshop, change=name_it)) == SAME
    comparison = compared(workshop, change=name_it, statements=[statement])
    assert findings(comparison) == [(NEEDS_VERSION, name) for name in sorted(KPIS)]
    assert f"threshold {threshold}" in markdown(comparison)


def test_a_version_may_declare_a_move_of_the_model_but_never_go_back(workshop):
    newer = with_kpi("service_level", version=2, effective_date="2026-12-01")
    assert verdict(compared(workshop, kpis=newer, visits=ONE_LATER, changelog=WITH_ROW)) == DECLARED
    assert verdict(compared(workshop, kpis=newer, visits=ONE_LATER)) == NEEDS_VERSION
    assert findings(compared(workshop, kpis=with_kpi("due_share", version=1))) == [(NEEDS_VERSION, "due_share")]


@pytest.mark.parametrize(
    ("direction", "bound", "expected", "said"),
    [
        ("down", "0.01", DECLARED, "Phones rang later."),
        ("both", "1.3%", DECLARED, "Phones rang later."),
        ("down", "0.005", BEYOND, "beyond the bound of 0.005"),
        ("down", "1%", BEYOND, "beyond the bound of 1.00%"),
        ("up", "0.01", BEYOND, "went down, not up"),
    ],
)
def test_a_declared_move_is_green_within_its_bound(workshop, direction, bound, expected, said):
    declarations = declared(
        f"{{kpi: service_level, reason: Phones rang later., direction: {direction}, bound: {bound}}}"
    )
    comparison = compared(workshop, declarations, visits=ONE_LATER)
    assert verdict(comparison) == expected and said in markdown(comparison)


def test_a_bound_holds_for_a_new_version_too(workshop):
    kpis = with_kpi("service_level", expression=STRICTER, version=2, effective_date="2026-12-01")
    declarations = declared("{kpi: service_level, reason: Stricter., direction: down, bound: 0.001}")
    assert verdict(compared(workshop, declarations, kpis=kpis, changelog=WITH_ROW)) == BEYOND


def test_a_value_that_becomes_null_vanishes(workshop):
    nothing_due = [*VISITS[:2], ("2026-11-03", "Phone", 0, 0)]
    text = "{kpi: [service_level, contacts_due, due_share], reason: A quiet day., direction: both, bound: 100"
    assert "vanishes, which" not in markdown(compared(workshop, declared(text + "}")))
    comparison = compared(workshop, declared(text + "}"), visits=nothing_due)
    assert (BEYOND, "service_level") in findings(comparison) and "2026-11-03 vanishes, which" in markdown(comparison)
    assert verdict(compared(workshop, declared(text + ", allows: [vanish]}"), visits=nothing_due)) == DECLARED


def test_what_appears_must_be_allowed(workshop):
    one_more = [*VISITS, ("2026-11-04", "Phone", 0, 0)]
    text = "{kpi: [service_level, contacts_due], reason: A day more., direction: both, bound: 0"
    assert verdict(compared(workshop, declared(text + "}"), visits=one_more)) == BEYOND
    assert verdict(compared(workshop, declared(text + ", allows: [appear]}"), visits=one_more)) == DECLARED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]", "no mapping"),
        ("{kpi: a, direction: up, bound: 1}", "no reason"),
        ("{reason: So.}", "names no kpi, no tables and nothing"),
        ("{kpi: a, reason: So., direction: sideways, bound: 1}", "needs a direction"),
        ("{kpi: a, reason: So., direction: up}", "and a bound"),
        ("{kpi: a, reason: So., direction: up, bound: much}", "and a bound"),
        ("{kpi: a, reason: So., bounds: 1}", "it has bounds"),
        ("{kpi: a, reason: So., direction: up, bound: 1, allows: [all]}", "it may allow appear and vanish"),
        ("kpi: [", "is not YAML"),
    ],
)
def test_a_declaration_that_declares_nothing_is_refused(text, said):
    with pytest.raises(Exception, match="metric_changes/001.yml") as refused:
        declared(text)
    assert said in str(refused.value)


def test_only_declarations_of_this_change_count(tmp_path):
    folder = tmp_path / "metric_changes"
    folder.mkdir()
    for name in ("001.yml", "002.yml"):
        (folder / name).write_text("{kpi: a, reason: So., direction: up, bound: 1}")
    changed = ["README.md", "metric_changes/002.yml", "metric_changes/003.yml", "metric_changes/README.md"]
    assert [each.file for each in read_declarations(changed, tmp_path)] == ["metric_changes/002.yml"]
    (folder / "new.yml").write_text("{}")
    with pytest.raises(Exception, match="three digits"):
        read_declarations(["metric_changes/new.yml"], tmp_path)


def test_only_new_rows_of_the_changelog_count():
    assert new_changelog_rows(WITH_ROW, WITH_ROW) == []
    assert new_changelog_rows(CHANGELOG, WITH_ROW) == [" `service_level` "]


@pytest.mark.parametrize(
    ("statement", "about"),
    [
        ("alter table marts.visits drop column channel_name", "kpis.kpi_daily"),
        ("alter table reports.report_day drop column calls", "reports.report_day.calls"),
        ("alter table reports.report_day alter calls type varchar", "reports.report_day.calls"),
        ("drop table reports.report_day", "reports.report_day"),
        ("delete from kpis.kpi_daily where kpi_name = 'service_level'", "service_level in kpis.kpi_daily"),
    ],
)
def test_what_others_read_may_not_go(workshop, statement, about):
    if "channel_name" in statement:
        statement, about = (
            "alter table kpis.kpi_daily_by_channel drop column observation_count",
            ("kpis.kpi_daily_by_channel.observation_count"),
        )
    comparison = compared(workshop, statements=[statement])
    assert findings(comparison)[0] == (BREAKING, about)
    assert "Give back what is gone" in markdown(comparison)
    on_purpose = declared(f"{{reason: Nobody reads it., breaking: [{about}]}}")
    assert verdict(compared(workshop, on_purpose, statements=[statement])) == DECLARED


def test_a_column_more_breaks_nothing(workshop):
    assert verdict(compared(workshop, statements=["alter table reports.report_day add column chats int"])) == SAME


def test_a_dimension_may_not_go(workshop):
    fewer = with_kpi("service_level", dimensions="channel_name")
    assert findings(compared(workshop, kpis=fewer)) == [(BREAKING, "service_level by visit_type")]


@pytest.mark.parametrize(
    ("until", "changelog", "expected"),
    [
        (None, WITH_ROW, BREAKING),
        ("2026-12-01", WITH_ROW, BREAKING),
        ("2026-11-30", CHANGELOG, BREAKING),
        ("2026-11-30", WITH_ROW, DECLARED),
    ],
)
def test_a_kpi_goes_after_its_deprecation(workshop, until, changelog, expected):
    def deprecate(text):
        text["metrics"]["metric.p.service_level"]["config"]["meta"]["deprecated"] = {"until": until}

    base = workshop.side(change=deprecate if until else None)
    head = workshop.side(kpis={name: KPIS[name] for name in ("contacts_due", "due_share")}, changelog=changelog)
    comparison = compare(base, head, [], TODAY)
    assert findings(comparison) == [(expected, "service_level")]
    assert as_json(comparison)["removed_kpis"] == ["service_level"]


def test_a_new_kpi_moves_nothing(workshop):
    base = workshop.side(kpis={name: KPIS[name] for name in ("service_level", "due_share")})
    comparison = compare(base, workshop.side(), [], TODAY)
    assert verdict(comparison) == SAME
    assert "### contacts_due is new" in markdown(comparison)


def touch(unique_id, key="checksum", where="nodes"):
    def change(text):
        text[where][unique_id][key] = {"checksum": "another"} if key == "checksum" else "another"

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (touch("model.p.visits"), "model visits (models/marts/visits.sql, changed)"),
        (touch("model.p.stg_calls"), "model stg_calls (models/staging/stg_calls.sql, changed)"),
        (touch("seed.p.channels"), "seed channels (seeds/reference/channels.csv, changed)"),
        (touch("macro.p.tidy", "macro_sql", "macros"), "macro tidy (macros/tidy.sql, changed)"),
        (touch("macro.p.ratio", "macro_sql", "macros"), "macro ratio (macros/ratio.sql, changed)"),
        (touch("test.p.visits_balance"), "test visits_balance (tests/dbt/marts/visits_balance.sql, changed)"),
        (touch("model.p.kpi_daily"), "model kpi_daily (models/kpis/kpi_daily.sql, changed)"),
    ],
)
def test_the_cause_of_a_move_is_named(workshop, change, expected):
    comparison = compared(workshop, visits=ONE_LATER, change=change)
    assert [str(cause) for cause in comparison.causes["service_level"]] == [expected]
    assert f"caused by {expected}" in markdown(comparison)


@pytest.mark.parametrize(
    "change", [touch("model.p.tickets"), touch("macro.p.unused", "macro_sql", "macros"), touch("seed.p.raw_calls")]
)
def test_what_the_kpi_is_not_computed_from_is_no_cause(workshop, change):
    comparison = compared(workshop, visits=ONE_LATER, change=change)
    assert comparison.causes["service_level"] == []


def test_reports_and_consumers_of_a_kpi_are_named():
    assert reach_of("service_level", ["kpis.kpi_daily"], Graph(manifest())) == {
        "tables": ["kpis.kpi_daily"], "reports": ["reports.report_day"], "consumers": ["Wallboard"],
    }  # fmt: skip


def test_tier_1_comes_first_and_rows_are_capped(workshop):
    many = [(f"2026-10-{day:02}", "Phone", day, 50) for day in range(1, 31)]
    fewer = [(day, channel, in_time - 1, due + 1) for day, channel, in_time, due in many]
    comparison = compare(workshop.side(visits=many), workshop.side(visits=fewer), [], TODAY)
    text = markdown(comparison)
    assert text.index("### service_level") < text.index("### contacts_due")
    assert "| kpis.kpi_daily | ... and 27 more |" in text
    assert json.loads(json.dumps(as_json(comparison), default=str))["numbers"][0]["moved_values"] == 1 + 30 + 30


def test_a_report_that_moves_alone_is_found(workshop):
    statements = ["update reports.report_day set calls = 2", "insert into reports.report_day values (5, '2026-11-03')"]
    comparison = compared(workshop, statements=statements)
    assert findings(comparison) == [(MOVED, "reports.report_day")]
    assert "- `reports.report_day` of 2 rows: 1 row more, calls in 1 row" in markdown(comparison)
    on_purpose = declared("{reason: It counted wrong., tables: [reports.report_day]}")
    assert verdict(compared(workshop, on_purpose, statements=statements)) == DECLARED


def test_a_report_follows_the_kpis_that_moved(workshop):
    declarations = declared("{kpi: service_level, reason: Phones rang later., direction: down, bound: 0.01}")
    comparison = compared(
        workshop, declarations, visits=ONE_LATER, statements=["update reports.report_day set calls = 2"]
    )
    assert verdict(comparison) == DECLARED and "reports.report_day" in markdown(comparison)
