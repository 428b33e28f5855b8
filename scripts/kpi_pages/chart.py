"""A small line chart as SVG text: values over dates, with the target as a band or a line."""

from datetime import date

from markupsafe import Markup

WIDTH, HEIGHT = 720, 180
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 12, 28


def line_chart(points: list[tuple[date, float | None]], target: tuple[float | None, float | None]) -> Markup:
    """The chart, or nothing when fewer than two values are known. A missing value leaves a gap."""
    known = [value for _, value in points if value is not None]
    if len(known) < 2:
        return Markup("")
    low, high = target
    shown = [*known, *(bound for bound in target if bound is not None)]
    bottom, top = min(shown), max(shown)
    margin = (top - bottom) * 0.08 or abs(top) * 0.1 or 1
    bottom, top = bottom - margin, top + margin
    if min(shown) >= 0:
        bottom = max(bottom, 0)

    def x(position: int) -> float:
        return LEFT + position * (WIDTH - LEFT - RIGHT) / (len(points) - 1)

    def y(value: float) -> float:
        return TOP + (top - value) * (HEIGHT - TOP - BOTTOM) / (top - bottom)

    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Values over time">']
    if low is not None or high is not None:
        upper, lower = y(top if high is None else high), y(bottom if low is None else low)
        parts.append(
            f'<rect class="target" x="{LEFT}" y="{upper:.1f}" width="{WIDTH - LEFT - RIGHT}"'
            f' height="{lower - upper:.1f}"/>'
        )
    for value in (bottom, (bottom + top) / 2, top):
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>')
        parts.append(
            f'<text class="axis" x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{short(value)}</text>'
        )
    for run in runs(points):
        line = " ".join(f"{x(position):.1f},{y(value):.1f}" for position, value in run)
        parts.append(f'<polyline class="value" points="{line}"/>')
        if len(run) == 1:
            parts.append(f'<circle class="value" cx="{x(run[0][0]):.1f}" cy="{y(run[0][1]):.1f}" r="2"/>')
    for position, anchor in ((0, "start"), (len(points) - 1, "end")):
        parts.append(
            f'<text class="axis" x="{x(position):.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">'
            f"{points[position][0]}</text>"
        )
    parts.append("</svg>")
    return Markup("".join(parts))


def runs(points: list[tuple[date, float | None]]) -> list[list[tuple[int, float]]]:
    """Values that follow one another without a gap, with their positions."""
    found: list[list[tuple[int, float]]] = [[]]
    for position, (_, value) in enumerate(points):
        if value is None:
            found.append([])
        else:
            found[-1].append((position, value))
    return [run for run in found if run]


def short(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"
