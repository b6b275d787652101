"""Geometry of the bar charts: numbers in, places on the drawing out. Axes begin at zero."""

from __future__ import annotations

from dataclasses import dataclass

from ventanilla.design.components import Bar, BarChart

_UPRIGHT_WIDTH, _UPRIGHT_HEIGHT, _FLOOR = 560, 224, 190
_TALLEST = 158
_LYING_WIDTH, _ROW = 640, 64
_LONGEST = 540


@dataclass(frozen=True)
class Drawn:
    """A bar on the drawing, in its units; `name_x`… are where its words stand."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float
    name_x: float
    name_y: float
    value_x: float
    value_y: float
    inside: bool


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be drawn in a view box of `width` × `height`. `goal_at` is the goal's place on its axis."""

    chart: BarChart
    width: int
    height: int
    floor: int
    bars: list[Drawn]
    goal_at: float | None


def draw(chart: BarChart) -> Drawing:
    """Place the bars of a chart."""
    top = chart.top or max([bar.value for bar in chart.bars] + [chart.goal or 0], default=0) or 1
    return _upright(chart, top) if chart.upright else _lying(chart, top)


def _upright(chart: BarChart, top: float) -> Drawing:
    slot = _UPRIGHT_WIDTH / max(len(chart.bars), 1)
    wide = round(slot * 0.68, 1)
    drawn = []
    for index, bar in enumerate(chart.bars):
        tall = round(_TALLEST * bar.value / top, 1)
        middle = round(slot * (index + 0.5), 1)
        inside = tall >= 42
        value_y = _FLOOR - tall + 32 if inside else _FLOOR - tall - 8
        left = round(middle - wide / 2, 1)
        drawn.append(Drawn(bar, left, _FLOOR - tall, wide, tall, middle, 214, middle, value_y, inside))
    goal_at = None if chart.goal is None else round(_FLOOR - _TALLEST * chart.goal / top, 1)
    return Drawing(chart, _UPRIGHT_WIDTH, _UPRIGHT_HEIGHT, _FLOOR, drawn, goal_at)


def _lying(chart: BarChart, top: float) -> Drawing:
    drawn = []
    for index, bar in enumerate(chart.bars):
        long = round(_LONGEST * bar.value / top, 1)
        y = index * _ROW
        drawn.append(Drawn(bar, 0, y + 28, long, 22, 8, y + 20, long + 8, y + 46, False))
    height = _ROW * len(chart.bars)
    goal_at = None if chart.goal is None else round(_LONGEST * chart.goal / top, 1)
    return Drawing(chart, _LYING_WIDTH, height, height, drawn, goal_at)
