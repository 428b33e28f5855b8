"""Run what is practical of it in polars, in an environment of its own that holds nothing else.

    .venv-bench/bin/python scripts/benchmark/warehouse/polars_marts.py <landing> <folder>

Writes the marts as Parquet and, to be compared, sums.json and kpi_values.parquet. Queue visits, agent legs, states and
intervals, queue intervals and their daily KPIs: without the keys of contacts, visits and legs, which are an md5 that
polars does not have, without the names that the warehouse repeats in each row, and without fact_contacts, so without
repeats and first contact resolution. Those who stay with polars would hardly write more.
"""

import csv
import hashlib
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

SEEDS = Path("seeds/reference")
ZONE = "America/New_York"
# Columns that a later step needs and the warehouse has not, or has as something else.
HELPERS = ("target", "has_visit")


def key_of(*parts: str) -> int:
    text = ":".join(word for part in parts for word in (str(len(part)), part))
    return int(hashlib.md5(text.encode()).hexdigest()[:16], 16) >> 1


def source_key(entity: str, code: str) -> int:
    return key_of(entity, "files", "default", code)


def seed(name: str) -> list[dict]:
    with (SEEDS / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def local_date(column: str) -> pl.Expr:
    return pl.col(column).dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE).dt.date()


def count_where(condition: pl.Expr, name: str) -> pl.Expr:
    """What counts where the condition holds, 0 elsewhere."""
    return pl.when(condition).then(pl.col("offered_count")).otherwise(0).alias(name)


def total(values: pl.Expr | str) -> pl.Expr:
    """Sum in 64 bits: polars adds 32 in 32, and a day of many contacts has more seconds."""
    return (pl.col(values) if isinstance(values, str) else values).cast(pl.Int64).sum()


def ratio(numerator: pl.Expr | str, denominator: pl.Expr | str, name: str) -> pl.Expr:
    below = total(denominator)
    return pl.when(below != 0).then(total(numerator) / below).alias(name)


class Marts:
    def __init__(self, landing: Path, folder: Path):
        self.landing, self.folder = landing, folder
        self.sums: dict[str, dict[str, list]] = {}
        self.kpis: list[pl.DataFrame] = []

    def landed(self, table: str) -> pl.LazyFrame:
        return pl.scan_parquet(f"{self.landing}/{table}*.parquet")

    def write(self, name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        """The mart as a file, and how many rows it has and what its columns add up to."""
        path = self.folder / f"{name}.parquet"
        frame.sink_parquet(path)
        mart = pl.scan_parquet(path)
        added = [
            column
            for column, data_type in mart.collect_schema().items()
            if column not in HELPERS and (data_type.is_numeric() or data_type == pl.Boolean)
        ]
        # Keys add up to more than 64 bits hold: in two halves.
        totals = (
            mart.select(
                pl.len().alias("*"),
                *[pl.col(column).count().alias(f"{column} count") for column in added],
                *[(pl.col(column).cast(pl.Int64) // 2**31).sum().alias(f"{column} high") for column in added],
                *[(pl.col(column).cast(pl.Int64) % 2**31).sum().alias(f"{column} low") for column in added],
            )
            .collect(engine="streaming")
            .row(0, named=True)
        )
        self.sums[name] = {"*": [totals["*"], None]} | {
            column: [totals[f"{column} count"], totals[f"{column} high"] * 2**31 + totals[f"{column} low"]]
            for column in added
        }
        return mart

    def add_kpis(self, mart: pl.LazyFrame, day: str, members: list[str], kpis: list[pl.Expr]) -> None:
        frame = (
            mart.group_by(day, *members)
            .agg(*kpis)
            .unpivot(index=[day, *members], variable_name="kpi_name", value_name="value")
            .drop_nulls("value")
            .rename({day: "kpi_date"})
            .with_columns(
                *[
                    pl.lit(None, pl.Int64).alias(key)
                    for key in ("queue_key", "channel_key", "agent_key")
                    if key not in members
                ]
            )
            .select("kpi_date", "queue_key", "channel_key", "agent_key", "kpi_name", pl.col("value").cast(pl.Float64))
        )
        self.kpis.append(frame.collect(engine="streaming"))

    def channels(self) -> pl.LazyFrame:
        return pl.LazyFrame(
            [
                {
                    "channel_code": row["channel_code"],
                    "channel_key": key_of("channel", "reference", "default", row["channel_code"]),
                    "threshold": int(row["service_level_threshold_seconds"]),
                    "target": float(row["service_level_target"]),
                    "short_abandon": int(row["short_abandon_seconds"] or 0),
                    "counts_abandonment": row["counts_abandonment"] == "true",
                }
                for row in seed("channels")
            ]
        )

    def queues(self) -> pl.LazyFrame:
        codes = self.landed("queues").select("queue_code").collect()["queue_code"].to_list()
        return pl.LazyFrame({"queue_code": codes, "queue_key": [source_key("queue", code) for code in codes]})

    def agents(self) -> pl.LazyFrame:
        """Versions of the agents: each team one was in, from when to when."""
        versions: dict[int, list] = {}
        for row in self.landed("agents").collect().iter_rows(named=True):
            starts = row["valid_from"] or datetime(1900, 1, 1)
            versions.setdefault(row["agent_code"], []).append((starts, row["team_code"]))
        rows = []
        for code, spans in versions.items():
            spans.sort()
            ends = [start for start, _ in spans[1:]] + [datetime(9999, 12, 31)]
            for (start, team), end in zip(spans, ends, strict=True):
                rows.append(
                    {
                        "agent_code": code,
                        "agent_key": key_of("agent", "files", "default", str(code), str(start)),
                        "team_key": source_key("team", team),
                        "valid_from": start,
                        "valid_to": end,
                    }
                )
        return pl.LazyFrame(rows, schema_overrides={"valid_from": pl.Datetime("us"), "valid_to": pl.Datetime("us")})

    def contacts(self) -> pl.LazyFrame:
        return self.landed("contacts").select(
            "contact_id", "channel_code", pl.col("exclusion_reason").is_not_null().alias("is_excluded")
        )

    def queue_visits(self) -> pl.LazyFrame:
        outcomes = pl.LazyFrame(
            [
                {"exit_reason": row["exit_reason"], "outcome": row["outcome"], "flow_out_kind": row["flow_out_kind"]}
                for row in seed("exit_reasons")
            ]
        )
        wait = pl.col("wait_seconds")
        visits = (
            self.landed("queue_visits")
            .join(self.contacts(), on="contact_id")
            .join(self.channels(), on="channel_code")
            .join(self.queues(), on="queue_code")
            # Who wrote cannot hang up.
            .with_columns(
                pl.when((pl.col("exit_reason") == "abandoned") & ~pl.col("counts_abandonment"))
                .then(pl.lit("solved_without_reply"))
                .otherwise("exit_reason")
                .alias("exit_reason")
            )
            .join(outcomes, on="exit_reason")
            .with_columns(
                pl.when((pl.col("exit_reason") == "abandoned") & (wait < pl.col("short_abandon")))
                .then(pl.lit("short_abandoned"))
                .otherwise("outcome")
                .alias("outcome"),
                pl.when("is_excluded").then(0).otherwise(1).alias("offered_count"),
                (wait <= pl.col("threshold")).cast(pl.Int32).alias("in_threshold"),
                local_date("offered_at").alias("offered_date"),
            )
            .with_columns(
                count_where(pl.col("counts_abandonment"), "abandonment_eligible_count"),
                count_where(pl.col("outcome") == "answered", "answered_count"),
                count_where(pl.col("outcome") == "abandoned", "abandoned_count"),
                count_where(pl.col("outcome") == "short_abandoned", "short_abandoned_count"),
                count_where(pl.col("flow_out_kind") == "redirected", "redirected_count"),
                count_where(pl.col("flow_out_kind") == "missed", "missed_count"),
                count_where(pl.col("exit_reason") == "callback_requested", "callback_requested_count"),
            )
            .with_columns(
                (pl.col("answered_count") * pl.col("in_threshold")).alias("answered_in_threshold_count"),
                (pl.col("abandoned_count") * pl.col("in_threshold")).alias("abandoned_in_threshold_count"),
                (pl.col("callback_requested_count") * pl.col("in_threshold")).alias(
                    "callback_requested_in_threshold_count"
                ),
                (pl.col("answered_count") * wait).alias("answered_wait_seconds"),
                (pl.col("abandoned_count") * wait).alias("abandoned_wait_seconds"),
                (pl.col("short_abandoned_count") * wait).alias("short_abandoned_wait_seconds"),
                ((pl.col("redirected_count") + pl.col("missed_count")) * wait).alias("flowed_out_wait_seconds"),
                pl.when(pl.col("offered_count") == 1).then(wait).alias("ended_wait_seconds"),
            )
            .drop("in_threshold", "counts_abandonment", "short_abandon", "contact_id", "visit_id", "updated_at")
            .drop("threshold", "flow_out_kind", "channel_code", "queue_code")
        )
        return self.write("fact_queue_visits", visits)

    def agent_legs(self) -> pl.LazyFrame:
        handled = pl.col("handled_count")
        legs = (
            self.landed("agent_legs")
            .join(self.contacts(), on="contact_id")
            .join(self.channels().select("channel_code", "channel_key"), on="channel_code")
            .join(self.queues(), on="queue_code")
            .join(self.landed("queue_visits").select("visit_id", "offered_at"), on="visit_id", how="left")
            .join(self.agents(), on="agent_code")
            .filter((pl.col("connected_at") >= pl.col("valid_from")) & (pl.col("connected_at") < pl.col("valid_to")))
            .with_columns(
                ((pl.col("leg_type") == "customer") & ~pl.col("is_excluded")).cast(pl.Int32).alias("handled_count"),
                (pl.col("connected_seconds") - pl.col("hold_seconds")).alias("talk_seconds"),
                (pl.col("connected_seconds") + pl.col("after_contact_work_seconds")).alias("handle_seconds"),
                local_date("connected_at").alias("connected_date"),
                pl.coalesce(local_date("offered_at"), local_date("connected_at")).alias("offered_date"),
            )
            .with_columns(
                pl.when(pl.col("transfer_type").is_in(["blind", "warm"]))
                .then(handled)
                .otherwise(0)
                .alias("transferred_count"),
                pl.when(pl.col("transfer_type") == "consult").then(handled).otherwise(0).alias("consulted_count"),
                pl.when(pl.col("hold_seconds") > 0).then(handled).otherwise(0).alias("held_count"),
            )
            .drop("contact_id", "leg_id", "valid_from", "valid_to", "updated_at", "channel_code", "queue_code")
            .drop("agent_code")
            # Its key is an md5; only whether there is a visit is needed.
            .with_columns(pl.col("visit_id").is_not_null().alias("has_visit"))
            .drop("visit_id")
        )
        return self.write("fact_agent_legs", legs)

    def agent_states(self) -> pl.LazyFrame:
        events = self.landed("agent_state_events").select(
            "agent_code", "state", "reason_code", pl.col("event_at").alias("started_at")
        )
        work = (
            self.landed("agent_legs")
            .filter(pl.col("after_contact_work_seconds") > 0)
            .select(
                "agent_code",
                pl.lit("after_contact_work").alias("state"),
                pl.lit(None, pl.String).alias("reason_code"),
                pl.col("ended_at").alias("started_at"),
            )
        )
        states = (
            pl.concat([events, work])
            .sort("agent_code", "started_at")
            .with_columns(
                pl.col("started_at").shift(-1).alias("ended_at"),
                pl.col("agent_code").shift(-1).alias("next_agent_code"),
                pl.when(pl.col("state") == "login").then(pl.lit("login")).otherwise("reason_code").alias("reason_code"),
                pl.when(pl.col("state") == "login").then(pl.lit("auxiliary")).otherwise("state").alias("state"),
            )
            .filter((pl.col("agent_code") == pl.col("next_agent_code")) & (pl.col("state") != "offline"))
            .join(self.agents(), on="agent_code")
            .filter((pl.col("started_at") < pl.col("valid_to")) & (pl.col("ended_at") > pl.col("valid_from")))
            .with_columns(
                pl.max_horizontal("started_at", "valid_from").alias("started_at"),
                pl.min_horizontal("ended_at", "valid_to").alias("ended_at"),
            )
            .with_columns(
                (pl.col("ended_at") - pl.col("started_at")).dt.total_seconds().alias("state_seconds"),
                pl.lit(True).alias("is_logged_in"),
            )
            .select(
                "agent_key",
                "team_key",
                "state",
                "reason_code",
                "state_seconds",
                "is_logged_in",
                "started_at",
                "ended_at",
            )
        )
        return self.write("fact_agent_states", states)

    def agent_intervals(self, states: pl.LazyFrame, legs: pl.LazyFrame) -> pl.LazyFrame:
        quarter = timedelta(minutes=15)
        starts = pl.col("started_at").dt.truncate("15m")
        clipped = (
            states.with_columns(
                pl.datetime_ranges(
                    starts, (pl.col("ended_at") - timedelta(microseconds=1)).dt.truncate("15m"), interval="15m"
                ).alias("interval_start_at")
            )
            .explode("interval_start_at")
            .with_columns(
                (
                    pl.min_horizontal("ended_at", pl.col("interval_start_at") + quarter)
                    - pl.max_horizontal("started_at", "interval_start_at")
                )
                .dt.total_seconds()
                .alias("seconds")
            )
            .select(
                "agent_key", "team_key", "interval_start_at",
                *[
                    pl.when(pl.col("state") == state).then("seconds").otherwise(0).alias(f"{state}_seconds")
                    for state in ("on_contact", "after_contact_work", "available", "auxiliary")
                ],
                pl.when(pl.col("reason_code").is_in(["break", "lunch"])).then("seconds").otherwise(0)
                .alias("break_seconds"),
                pl.lit(0, pl.Int32).alias("handled_count"),
            )
        )  # fmt: skip
        handled = legs.select(
            "agent_key",
            "team_key",
            pl.col("connected_at").dt.truncate("15m").alias("interval_start_at"),
            *[
                pl.lit(0, pl.Int64).alias(f"{state}_seconds")
                for state in ("on_contact", "after_contact_work", "available", "auxiliary", "break")
            ],
            "handled_count",
        )
        intervals = (
            pl.concat([clipped, handled], how="vertical_relaxed")
            .group_by("agent_key", "team_key", "interval_start_at")
            .agg(pl.all().sum())
            .with_columns(
                (pl.col("on_contact_seconds") + pl.col("after_contact_work_seconds")).alias("busy_seconds"),
                pl.col("on_contact_seconds").alias("contact_seconds"),
                local_date("interval_start_at").alias("interval_date"),
            )
            .with_columns(
                (pl.col("busy_seconds") + pl.col("available_seconds") + pl.col("auxiliary_seconds")).alias(
                    "staffed_seconds"
                )
            )
        )
        return self.write("fact_agent_intervals", intervals)

    def queue_intervals(self, visits: pl.LazyFrame, legs: pl.LazyFrame) -> pl.LazyFrame:
        keys = ["queue_key", "channel_key", "interval_start_at"]
        interval = pl.col("offered_at").dt.truncate("15m").alias("interval_start_at")
        counts = [
            "offered_count", "abandonment_eligible_count", "answered_count", "answered_in_threshold_count",
            "abandoned_count", "abandoned_in_threshold_count", "short_abandoned_count", "redirected_count",
            "missed_count", "callback_requested_count", "callback_requested_in_threshold_count",
            "answered_wait_seconds", "abandoned_wait_seconds", "short_abandoned_wait_seconds",
            "flowed_out_wait_seconds",
        ]  # fmt: skip
        due = pl.col("answered_count") + pl.col("abandoned_count") + pl.col("missed_count")
        handled = (
            legs.filter("has_visit")
            .group_by("queue_key", "channel_key", interval)
            .agg(
                total("handled_count").alias("handled_count"),
                total(pl.col("handled_count") * pl.col("handle_seconds")).alias("handle_seconds"),
            )
        )
        intervals = (
            visits.group_by("queue_key", "channel_key", interval)
            .agg(
                *[total(count).alias(count) for count in counts],
                pl.col("ended_wait_seconds").max().alias("longest_wait_seconds"),
                pl.col("target").first(),
                pl.col("offered_date").min(),
            )
            .join(handled, on=keys, how="left")
            .with_columns(
                pl.col("handled_count", "handle_seconds").fill_null(0),
                (due > 0).cast(pl.Int32).alias("interval_judged_count"),
                ((due > 0) & (pl.col("answered_in_threshold_count") >= (due * pl.col("target")).round(9)))
                .cast(pl.Int32)
                .alias("interval_in_target_count"),
            )
            .drop("target")
        )
        return self.write("fact_queue_intervals", intervals)

    def run(self) -> None:
        visits = self.queue_visits()
        legs = self.agent_legs()
        states = self.agent_states()
        intervals = self.agent_intervals(states, legs)
        queue_intervals = self.queue_intervals(visits, legs)
        for members in ([], ["queue_key", "channel_key"]):
            self.add_kpis(visits, "offered_date", members, visit_kpis())
            self.add_kpis(queue_intervals, "offered_date", members, queue_interval_kpis())
            self.add_kpis(legs, "offered_date", members, leg_kpis())
        self.add_kpis(legs, "connected_date", ["agent_key"], leg_kpis())
        for members in ([], ["agent_key"]):
            self.add_kpis(intervals, "interval_date", members, agent_interval_kpis())
        (self.folder / "sums.json").write_text(json.dumps(self.sums))
        pl.concat(self.kpis).write_parquet(self.folder / "kpi_values.parquet")


def visit_kpis() -> list[pl.Expr]:
    c = pl.col
    queued = c("answered_count") + c("abandoned_count") + c("short_abandoned_count")
    waits = (
        c("answered_wait_seconds")
        + c("abandoned_wait_seconds")
        + c("short_abandoned_wait_seconds")
        + c("flowed_out_wait_seconds")
    )
    in_time = "answered_in_threshold_count"
    left_in_time = c(in_time) + c("abandoned_in_threshold_count") + c("short_abandoned_count")
    return [
        ratio("abandoned_count", c("abandonment_eligible_count") - c("short_abandoned_count"), "abandonment_rate"),
        ratio("answered_count", "offered_count", "answer_rate"),
        ratio("answered_wait_seconds", "answered_count", "average_speed_of_answer"),
        ratio(waits, "offered_count", "average_time_in_queue"),
        ratio("abandoned_wait_seconds", "abandoned_count", "average_time_to_abandon"),
        ratio("callback_requested_count", "offered_count", "callback_request_rate"),
        total("answered_count").cast(pl.Float64).alias("contacts_answered"),
        total("offered_count").cast(pl.Float64).alias("contacts_offered"),
        ratio(c("redirected_count") + c("missed_count"), "offered_count", "flow_out_rate"),
        c("ended_wait_seconds").max().cast(pl.Float64).alias("longest_wait"),
        c("ended_wait_seconds").quantile(0.5, "linear").alias("median_wait"),
        ratio(in_time, c("answered_count") + c("abandoned_count") + c("missed_count"), "service_level"),
        ratio(
            in_time,
            c("answered_count") + c("abandoned_count") - c("abandoned_in_threshold_count"),
            "service_level_abandons_ignored",
        ),
        ratio(in_time, queued, "service_level_abandons_negative"),
        ratio(left_in_time, queued, "service_level_abandons_positive"),
        ratio(in_time, "answered_count", "service_level_answered_only"),
        ratio(
            left_in_time + c("callback_requested_in_threshold_count"), "offered_count", "service_level_queue_departures"
        ),
        ratio(c(in_time) + c("short_abandoned_count"), queued, "service_level_short_abandons_positive"),
        ratio(in_time, queued + c("redirected_count") + c("missed_count"), "service_level_with_flow_outs"),
        ratio("short_abandoned_count", "abandonment_eligible_count", "short_abandonment_rate"),
        c("ended_wait_seconds").quantile(0.9, "linear").alias("wait_90th_percentile"),
    ]


def queue_interval_kpis() -> list[pl.Expr]:
    offered, handled = total("offered_count"), total("handled_count")
    used = pl.col("interval_start_at").filter(pl.col("offered_count") > 0).n_unique()
    return [
        ratio("interval_in_target_count", "interval_judged_count", "intervals_in_target"),
        pl.when((handled != 0) & (used != 0))
        .then(offered.cast(pl.Float64) * total("handle_seconds") / handled / (900 * used))
        .alias("traffic_intensity"),
    ]


def leg_kpis() -> list[pl.Expr]:
    def average(seconds: str, name: str) -> pl.Expr:
        return ratio(pl.col(seconds) * pl.col("handled_count"), "handled_count", name)

    return [
        average("after_contact_work_seconds", "average_after_contact_work_time"),
        average("handle_seconds", "average_handle_time"),
        average("hold_seconds", "average_hold_time"),
        ratio(pl.col("hold_seconds") * pl.col("held_count"), "held_count", "average_hold_time_when_held"),
        average("talk_seconds", "average_talk_time"),
        ratio("consulted_count", "handled_count", "consult_rate"),
        total("handled_count").cast(pl.Float64).alias("contacts_handled"),
        ratio("held_count", "handled_count", "hold_rate"),
        ratio("transferred_count", "handled_count", "transfer_rate"),
    ]


def agent_interval_kpis() -> list[pl.Expr]:
    c = pl.col
    hours = total("staffed_seconds") / 3600
    return [
        (total("busy_seconds") / 3600).alias("active_work_hours"),
        ratio("available_seconds", "handled_count", "average_idle_time"),
        (total("break_seconds") / 3600).alias("break_hours"),
        ratio("contact_seconds", "on_contact_seconds", "concurrency"),
        pl.when(hours != 0).then(total("handled_count") / hours).alias("contacts_per_agent_hour"),
        ratio("busy_seconds", c("busy_seconds") + c("available_seconds"), "occupancy_rate"),
        hours.alias("staffed_hours"),
        ratio("busy_seconds", "handled_count", "workload_handle_time"),
    ]


if __name__ == "__main__":
    Marts(Path(sys.argv[1]), Path(sys.argv[2])).run()
