"""Time in the simulation: whole seconds since 1970-01-01 UTC. Everything else is a rendering of that."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

INTERVAL_SECONDS = 900
DAY_SECONDS = 86_400


def interval_start(at: int) -> int:
    """The UTC quarter hour that contains `at`."""
    return at - at % INTERVAL_SECONDS


def split_by_interval(started_at: int, ended_at: int):
    """Yield (interval start, seconds) for each quarter hour that [started_at, ended_at) touches."""
    while started_at < ended_at:
        piece_ends_at = min(interval_start(started_at) + INTERVAL_SECONDS, ended_at)
        yield interval_start(started_at), piece_ends_at - started_at
        started_at = piece_ends_at


def local(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def minutes_of_day(time_text: str) -> int:
    """Minutes after local midnight of "HH:MM"; "24:00" is the end of the day."""
    hours, minutes = time_text.split(":")
    return int(hours) * 60 + int(minutes)


def at_local(day: date, time_text: str, zone: str) -> int:
    """The instant at which a clock in `zone` shows `time_text` on `day`; the earlier one when it shows it twice."""
    days, minutes = divmod(minutes_of_day(time_text), 24 * 60)
    midnight = datetime.combine(day + timedelta(days=days), datetime.min.time(), ZoneInfo(zone))
    return int(midnight.replace(hour=minutes // 60, minute=minutes % 60).timestamp())


def utc_text(at: int | None) -> str:
    """ISO 8601 with a Z, or an empty string when there is no time."""
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_seconds(text: str) -> int:
    """The reverse of `utc_text`."""
    return int(datetime.fromisoformat(text).timestamp())


def local_text(at: int, zone: str) -> str:
    """ISO 8601 in local time with the offset in force then."""
    return local(at, zone).isoformat()
