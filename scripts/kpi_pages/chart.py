"""A small line chart as SVG text: values over dates, on what their targets allow."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

WIDTH, HEIGHT = 720, 180
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 12, 28


class Point(NamedTuple):
    """A value of a date with the bounds of its target; None where there is none."""

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def target(self) -> tuple[float | None, float | None]:
        return self.low, self.high


def line_chart(points: list[Point], label: Callable[[float], str]) -> Markup:
    """The chart, or nothing when fewer than two values are known. A missing value leaves a gap."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2:
        return Markup("")
    shown = [*known, *(bound for point in points for bound in point.target if bound is not None)]
    bottom, top = min(shown), max(shown)
    margin = (top - bottom) * 0.08 or abs(top) * 0.1 or 1
    bottom, top = bottom - margin, top + margin
    if min(shown) >= 0:
        bottom = max(bottom, 0)

    def x(position: float) -> float:
        return LEFT + position * (WIDTH - LEFT - RIGHT) / (len(points) - 1)

    def y(value: float) -> float:
        return TOP + (top - value) * (HEIGHT - TOP - BOTTOM) / (top - bottom)

    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Values over time">']
    for first, last, (low, high) in steps(points):
        # A step goes half the way to the neighbors.
        start, end = x(max(first - 0.5, 0)), x(min(last + 0.5, len(points) - 1))
        upper, lower = y(top if high is None else high), y(bottom if low is None else low)
        parts.append(
            f'<rect class="target" x="{start:.1f}" y="{upper:.1f}" width="{end - start:.1f}"'
            f' height="{lower - upper:.1f}"/>'
        )
    for value in (bottom, (bottom + top) / 2, top):
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>')
        parts.append(
            f'<text class="axis" x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{label(value)}</text>'
        )
    for run in runs(points):
        line = " ".join(f"{x(position):.1f},{y(value):.1f}" for position, value in run)
        parts.append(f'<polyline class="value" points="{line}"/>')
        if len(run) == 1:
            parts.append(f'<circle class="value" cx="{x(run[0][0]):.1f}" cy="{y(run[0][1]):.1f}" r="2"/>')
    for position, anchor in ((0, "start"), (len(points) - 1, "end")):
        parts.append(
            f'<text class="axis" x="{x(position):.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">'
            f"{points[position].day}</text>"
        )
    parts.append("</svg>")
    return Markup("".join(parts))


def steps(points: list[Point]) -> Iterable[tuple[int, int, tuple[float | None, float | None]]]:
    """The positions of the first and the last point of each time with one target."""
    for target, group in groupby(enumerate(points), key=lambda numbered: numbered[1].target):
        positions = [position for position, _ in group]
        if target != (None, None):
            yield positions[0], positions[-1], target


def runs(points: list[Point]) -> list[list[tuple[int, float]]]:
    """Values that follow one another without a gap, with their positions."""
    found: list[list[tuple[int, float]]] = [[]]
    for position, point in enumerate(points):
        if point.value is None:
            found.append([])
        else:
            found[-1].append((position, point.value))
    return [run for run in found if run]
