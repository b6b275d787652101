"""A street of the town as a stage: sky, hills, houses, pavement and road, at some hour of the day."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 800, 600
SCALE = 2
HORIZON, KERB, ROAD = 330, 430, 455

Color = tuple[int, int, int]
XY = tuple[float, float]


class Light(NamedTuple):
    """The colours of an hour: sky above and at the horizon, hills far and near, and how much light there is."""

    above: Color
    below: Color
    far: Color
    near: Color
    shade: float


DAYLIGHT = (
    Light((126, 178, 214), (222, 234, 236), (150, 180, 176), (104, 146, 112), 1.0),
    Light((96, 158, 208), (208, 228, 232), (132, 168, 172), (92, 140, 100), 1.04),
    Light((164, 176, 186), (216, 218, 214), (150, 164, 164), (108, 132, 108), 0.9),
    Light((226, 182, 140), (246, 222, 186), (176, 150, 140), (116, 118, 92), 0.92),
    Light((146, 158, 170), (196, 200, 200), (132, 144, 146), (96, 116, 98), 0.82),
)
NIGHT = (
    Light((20, 26, 46), (44, 52, 78), (26, 34, 48), (20, 30, 34), 0.34),
    Light((28, 30, 56), (70, 60, 84), (34, 38, 56), (26, 34, 40), 0.4),
)
WALLS: tuple[Color, ...] = (
    (238, 226, 200), (206, 222, 214), (240, 208, 176), (222, 214, 226),
    (232, 190, 168), (210, 220, 232), (236, 220, 158),
)  # fmt: skip
ROOFS: tuple[Color, ...] = ((164, 82, 62), (128, 74, 62), (112, 118, 122), (146, 96, 70))
DOORS: tuple[Color, ...] = ((86, 62, 52), (58, 84, 110), (60, 100, 84), (120, 56, 50))


class Scene:
    """Something to draw on, in units of an 800 by 600 picture, with a source of variation of its own."""

    def __init__(self, motif: str, number: int) -> None:
        from PIL import Image, ImageDraw

        self.rnd = random.Random(f"{motif} {number}")
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._pen = ImageDraw.Draw(self.image, "RGBA")
        self.light = self.rnd.choice(DAYLIGHT)

    def finished(self) -> Image.Image:
        """The picture at its size, its edges smoothed."""
        return self.image.reduce(SCALE)

    # Colours and strokes ----------------------------------------------------------

    def lit(self, color: Color, by: float = 1.0) -> Color:
        """A colour in the light of the hour, lighter or darker by a factor."""
        shade = self.light.shade * by
        tint = self.light.below if self.light.shade < 0.6 else color
        red, green, blue = (round(c * 0.9 + t * 0.1) for c, t in zip(color, tint, strict=True))
        return min(255, round(red * shade)), min(255, round(green * shade)), min(255, round(blue * shade))

    def box(self, x: float, y: float, wide: float, high: float, color: Color, *, alpha: int = 255) -> None:
        self._pen.rectangle([x * SCALE, y * SCALE, (x + wide) * SCALE, (y + high) * SCALE], fill=(*color, alpha))

    def rounded(self, x: float, y: float, wide: float, high: float, color: Color, *, radius: float) -> None:
        corners = [x * SCALE, y * SCALE, (x + wide) * SCALE, (y + high) * SCALE]
        self._pen.rounded_rectangle(corners, radius * SCALE, fill=color)

    def shape(self, points: Sequence[XY], color: Color, alpha: int = 255) -> None:
        self._pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=(*color, alpha))

    def line(self, points: Sequence[XY], color: Color, width: float = 3) -> None:
        self._pen.line(
            [(x * SCALE, y * SCALE) for x, y in points], fill=color, width=round(width * SCALE), joint="curve"
        )

    def oval(self, x: float, y: float, wide: float, high: float, color: Color, *, alpha: int = 255) -> None:
        """An ellipse around a middle."""
        edge = [(x - wide) * SCALE, (y - high) * SCALE, (x + wide) * SCALE, (y + high) * SCALE]
        self._pen.ellipse(edge, fill=(*color, alpha))

    def ring(self, x: float, y: float, radius: float, color: Color, width: float) -> None:
        edge = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self._pen.ellipse(edge, outline=color, width=round(width * SCALE))

    def blob(self, x: float, y: float, wide: float, high: float, color: Color, *, rough: float = 0.18) -> None:
        """An uneven patch around a middle."""
        points = []
        for step in range(22):
            angle, reach = math.tau * step / 22, 1 + self.rnd.uniform(-rough, rough)
            points.append((x + math.cos(angle) * wide * reach, y + math.sin(angle) * high * reach))
        self.shape(points, color)

    # The stage ----------------------------------------------------------

    def sky(self, *, night: bool = False) -> None:
        if night:
            self.light = self.rnd.choice(NIGHT)
        light = self.light
        for row in range(0, HORIZON, 3):
            part = row / HORIZON
            mixed = tuple(round(a + (b - a) * part) for a, b in zip(light.above, light.below, strict=True))
            self.box(0, row, WIDTH, 3, (mixed[0], mixed[1], mixed[2]))
        if night:
            for _star in range(26):
                self.oval(self.rnd.uniform(0, WIDTH), self.rnd.uniform(0, 190), 1.1, 1.1, (230, 232, 240), alpha=190)
            return
        for _cloud in range(self.rnd.randint(1, 3)):
            self._cloud(self.rnd.uniform(0, WIDTH), self.rnd.uniform(40, 150))

    def _cloud(self, x: float, y: float) -> None:
        white = tuple(min(255, c + 18) for c in self.light.below)
        for _puff in range(5):
            wide, high = self.rnd.uniform(36, 76), self.rnd.uniform(12, 20)
            self.oval(
                x + self.rnd.uniform(-70, 70),
                y + self.rnd.uniform(-8, 8),
                wide,
                high,
                (white[0], white[1], white[2]),
                alpha=190,
            )

    def hills(self) -> None:
        for color, base, high in ((self.light.far, HORIZON - 12, 92), (self.light.near, HORIZON, 46)):
            phase, bend = self.rnd.uniform(0, 6), self.rnd.uniform(110, 170)
            ridge = [(x, base - high * (0.55 + 0.45 * math.sin(x / bend + phase))) for x in range(0, WIDTH + 20, 20)]
            self.shape([(0, KERB), *ridge, (WIDTH, KERB)], color)

    def houses(self) -> None:
        """A row of one-storey houses along the pavement."""
        x = -self.rnd.uniform(0, 90)
        while x < WIDTH:
            wide = self.rnd.uniform(130, 220)
            if self.rnd.random() < 0.82:
                self._house(x, wide)
            else:
                self._hedge(x, wide)
            x += wide + self.rnd.uniform(4, 22)

    def _house(self, x: float, wide: float) -> None:
        high = self.rnd.uniform(104, 138)
        top, wall = KERB - 18 - high, self.lit(self.rnd.choice(WALLS))
        roof = self.lit(self.rnd.choice(ROOFS))
        self.box(x, top, wide, high, wall)
        self.shape(
            [(x - 12, top + 8), (x + wide * 0.14, top - 38), (x + wide * 0.86, top - 38), (x + wide + 12, top + 8)],
            roof,
        )
        self.box(x, top + high - 20, wide, 20, self.lit((168, 160, 152)))
        door = x + wide * self.rnd.uniform(0.12, 0.3)
        self.box(door, top + 40, 34, high - 40, self.lit(self.rnd.choice(DOORS)))
        glass = (246, 214, 128) if self.light.shade < 0.6 and self.rnd.random() < 0.5 else self.lit((150, 182, 196))
        for place in (0.5, 0.74):
            left = x + wide * place
            self.box(left, top + 38, 36, 40, self.lit((250, 248, 242)))
            self.box(left + 4, top + 42, 28, 32, glass)
            self.line([(left + 18, top + 42), (left + 18, top + 74)], self.lit((250, 248, 242)), 2)

    def _hedge(self, x: float, wide: float) -> None:
        for step in range(int(wide // 18)):
            self.blob(x + step * 18 + 9, KERB - 44, 20, self.rnd.uniform(20, 30), self.lit((86, 128, 78)))

    def ground(self, *, dirt: bool = False) -> None:
        """The pavement in front of the houses, the kerb and the road."""
        self.box(0, KERB - 20, WIDTH, 44, self.lit((196, 192, 184)))
        for x in range(-20, WIDTH, 84):
            self.line([(x + 20, KERB - 20), (x, KERB + 20)], self.lit((174, 170, 162)), 1.5)
        self.box(0, KERB + 16, WIDTH, 9, self.lit((158, 154, 148)))
        road = self.lit((158, 128, 96) if dirt else (98, 98, 102))
        self.box(0, ROAD, WIDTH, HEIGHT - ROAD, road)
        for _grain in range(150):
            left, top = self.rnd.uniform(0, WIDTH), self.rnd.uniform(ROAD + 4, HEIGHT)
            self.box(left, top, self.rnd.uniform(3, 9), 1.5, self.lit((176, 146, 112) if dirt else (112, 112, 116)))

    def street(self, *, night: bool = False, dirt: bool = False, lines: bool = True) -> None:
        """The whole stage."""
        self.sky(night=night)
        self.hills()
        self.houses()
        self.ground(dirt=dirt)
        if lines and not dirt:
            for x in range(int(self.rnd.uniform(-60, 0)), WIDTH, 150):
                self.shape([(x, 586), (x + 84, 586), (x + 90, 576), (x + 8, 576)], self.lit((226, 210, 140)))

    def park(self) -> None:
        """Grass instead of the street, trees behind."""
        self.sky()
        self.hills()
        for _tree in range(self.rnd.randint(4, 7)):
            self.tree(self.rnd.uniform(-20, WIDTH), HORIZON + 40, self.rnd.uniform(0.5, 0.8))
        self.box(0, HORIZON + 20, WIDTH, HEIGHT, self.lit((132, 168, 98)))
        for _blade in range(260):
            x, y = self.rnd.uniform(0, WIDTH), self.rnd.uniform(HORIZON + 26, HEIGHT)
            self.line(
                [(x, y), (x + self.rnd.uniform(-3, 3), y - self.rnd.uniform(4, 9))], self.lit((112, 150, 82)), 1.5
            )
        self.shape([(300, HEIGHT), (560, HEIGHT), (470, HORIZON + 20), (430, HORIZON + 20)], self.lit((214, 196, 162)))

    # Things that many motifs show ----------------------------------------------------------

    def tree(self, x: float, foot: float, size: float = 1.0, *, lean: float = 0.0, dry: bool = False) -> XY:
        """A tree; returns where its crown is."""
        top = (x + lean * 150 * size, foot - 170 * size * (1 - abs(lean) * 0.3))
        trunk = self.lit((104, 78, 58))
        self.shape(
            [(x - 13 * size, foot), (x + 13 * size, foot), (top[0] + 7 * size, top[1]), (top[0] - 7 * size, top[1])],
            trunk,
        )
        if dry:
            for _twig in range(9):
                end = (top[0] + self.rnd.uniform(-95, 95) * size, top[1] - self.rnd.uniform(20, 110) * size)
                self.line([top, end], trunk, 4 * size)
            return top
        for _leaf in range(9):
            green = self.rnd.choice(((74, 124, 70), (92, 142, 80), (64, 110, 66)))
            dx, dy = self.rnd.uniform(-66, 66) * size, self.rnd.uniform(-70, 24) * size
            self.blob(top[0] + dx, top[1] - 34 * size + dy, 52 * size, 44 * size, self.lit(green))
        return top

    def post(self, x: float, *, lean: float = 0.0, lamp: bool = True, on: bool = False, foot: float = KERB + 12) -> XY:
        """A lamp post; returns where its lamp is."""
        top = (x + lean, foot - 330)
        self.line([(x, foot), top], self.lit((108, 110, 112)), 10)
        if not lamp:
            return top
        head = (top[0] + 66, top[1] + 2)
        self.line([top, (top[0] + 34, top[1] - 14), head], self.lit((108, 110, 112)), 6)
        if on:
            for reach in (118, 78, 44):
                self.oval(head[0] + 8, head[1] + 12, reach, reach * 0.8, (255, 226, 150), alpha=34)
            self.shape(
                [
                    (head[0] - 6, head[1] + 8),
                    (head[0] + 30, head[1] + 8),
                    (head[0] + 150, KERB + 40),
                    (head[0] - 130, KERB + 40),
                ],
                (255, 228, 160),
                44,
            )
        self.rounded(head[0] - 12, head[1] - 8, 46, 16, (255, 240, 190) if on else self.lit((76, 78, 82)), radius=7)
        return head

    def cone(self, x: float, y: float, size: float = 1.0) -> None:
        orange, white = self.lit((232, 110, 50)), self.lit((244, 240, 232))
        self.shape(
            [(x - 20 * size, y), (x + 20 * size, y), (x + 4 * size, y - 58 * size), (x - 4 * size, y - 58 * size)],
            orange,
        )
        self.shape(
            [
                (x - 13 * size, y - 20 * size),
                (x + 13 * size, y - 20 * size),
                (x + 9 * size, y - 33 * size),
                (x - 9 * size, y - 33 * size),
            ],
            white,
        )
        self.box(x - 26 * size, y - 4, 52 * size, 8 * size, orange)

    def bag(self, x: float, y: float, size: float = 1.0, color: Color = (44, 46, 52)) -> None:
        self.blob(x, y - 26 * size, 34 * size, 30 * size, self.lit(color), rough=0.1)
        self.shape(
            [
                (x - 9 * size, y - 50 * size),
                (x + 9 * size, y - 50 * size),
                (x + 4 * size, y - 68 * size),
                (x - 6 * size, y - 66 * size),
            ],
            self.lit(color, 1.2),
        )

    def car(self, x: float, y: float, color: Color, size: float = 1.0, *, wheels: bool = True) -> None:
        def at(dx: float, dy: float) -> XY:
            return x + dx * size, y + dy * size

        self.oval(x, y + 4 * size, 140 * size, 10 * size, (30, 30, 34), alpha=90)
        self.shape(
            [
                at(-132, -10),
                at(-136, -46),
                at(-84, -54),
                at(-52, -94),
                at(48, -94),
                at(88, -54),
                at(134, -44),
                at(136, -10),
            ],
            self.lit(color),
        )
        self.shape([at(-74, -56), at(-46, -86), at(-4, -86), at(-4, -56)], self.lit((176, 200, 210)))
        self.shape([at(6, -56), at(6, -86), at(42, -86), at(72, -56)], self.lit((176, 200, 210)))
        for dx in (-82, 84):
            if wheels:
                self.oval(*at(dx, -8), 27 * size, 27 * size, self.lit((38, 38, 42)))
                self.oval(*at(dx, -8), 12 * size, 12 * size, self.lit((170, 172, 176)))
            else:
                self.box(x + (dx - 16) * size, y - 14 * size, 32 * size, 16 * size, self.lit((120, 110, 100)))

    def puddle(self, x: float, y: float, wide: float, high: float, color: Color = (146, 164, 178)) -> None:
        self.blob(x, y, wide, high, self.lit(color), rough=0.12)
        self.oval(x - wide * 0.3, y - high * 0.3, wide * 0.3, high * 0.16, (255, 255, 255), alpha=70)
