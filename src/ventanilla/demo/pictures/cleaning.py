"""What the photos show of rubbish and dirt. Each motif as it was found, or as it was left."""

from __future__ import annotations

import math

from ventanilla.demo.pictures.scene import HORIZON, KERB, WIDTH, Color, Scene


def bags(s: Scene, mended: bool) -> None:
    s.street()
    if mended:
        return
    x = s.rnd.uniform(250, 480)
    for step in range(s.rnd.randint(4, 7)):
        color = s.rnd.choice(((44, 46, 52), (38, 40, 46), (60, 82, 66), (222, 222, 218)))
        s.bag(x + step * 44 - 90, KERB + s.rnd.uniform(14, 40), s.rnd.uniform(0.8, 1.25), color)


def furniture(s: Scene, mended: bool) -> None:
    s.street()
    if mended:
        return
    x, cloth = s.rnd.uniform(230, 380), s.lit(s.rnd.choice(((150, 88, 76), (92, 110, 132), (146, 126, 92))))
    dark = s.lit((70, 56, 52))
    s.rounded(x, KERB - 92, 240, 74, cloth, radius=18)
    s.rounded(x - 26, KERB - 58, 52, 74, cloth, radius=18)
    s.rounded(x + 214, KERB - 58, 52, 74, cloth, radius=18)
    s.rounded(x + 12, KERB - 30, 216, 44, s.lit((190, 150, 120)), radius=10)
    for foot in (x - 6, x + 228):
        s.box(foot, KERB + 14, 14, 14, dark)
    s.shape(
        [(x + 300, KERB + 22), (x + 330, KERB - 118), (x + 420, KERB - 112), (x + 400, KERB + 26)],
        s.lit((224, 220, 208)),
    )
    for step in range(4):
        s.line(
            [(x + 312 + step * 5, KERB - 8 - step * 28), (x + 402 + step * 3, KERB - 4 - step * 28)],
            s.lit((176, 186, 200)),
            2,
        )


def dump(s: Scene, mended: bool) -> None:
    s.sky()
    s.hills()
    s.box(0, HORIZON + 10, WIDTH, 300, s.lit((126, 152, 92)))
    for _bush in range(8):
        s.blob(s.rnd.uniform(0, WIDTH), HORIZON + s.rnd.uniform(10, 40), 56, 30, s.lit((88, 126, 74)))
    s.box(0, 520, WIDTH, 90, s.lit((98, 98, 102)))
    if mended:
        s.box(556, 342, 12, 130, s.lit((120, 116, 110)))
        s.rounded(492, 312, 140, 66, s.lit((244, 244, 238)), radius=6)
        s.box(506, 330, 112, 9, s.lit((170, 54, 46)))
        s.box(506, 350, 78, 7, s.lit((120, 120, 120)))
        return
    for _thing in range(24):
        x, y = s.rnd.uniform(180, 640), s.rnd.uniform(452, 522)
        kind = s.rnd.random()
        if kind < 0.45:
            s.bag(x, y, s.rnd.uniform(0.7, 1.2), s.rnd.choice(((44, 46, 52), (220, 220, 216), (70, 110, 150))))
        elif kind < 0.65:
            s.ring(x, y - 26, 25, s.lit((36, 36, 40)), 12)
        else:
            s.shape(
                [(x - 36, y), (x - 26, y - 44), (x + 30, y - 36), (x + 38, y)],
                s.lit(s.rnd.choice(((186, 150, 104), (150, 144, 136)))),
            )


def container(s: Scene, mended: bool) -> None:
    s.street()
    x, green = s.rnd.uniform(260, 420), s.lit(s.rnd.choice(((54, 112, 80), (60, 92, 140), (106, 108, 112))))
    s.shape([(x, KERB - 120), (x + 210, KERB - 120), (x + 192, KERB + 26), (x + 18, KERB + 26)], green)
    for wheel in (x + 34, x + 176):
        s.oval(wheel, KERB + 34, 14, 14, s.lit((38, 38, 42)))
    if mended:
        s.rounded(x - 10, KERB - 142, 230, 28, s.lit((44, 88, 66)), radius=10)
        return
    for step in range(6):
        s.bag(x + 22 + step * 33, KERB - 112 + s.rnd.uniform(-8, 8), 0.9, s.rnd.choice(((44, 46, 52), (224, 224, 220))))
    s.bag(x - 44, KERB + 40, 1.1)
    s.bag(x + 258, KERB + 36, 0.9, (210, 190, 150))


def leaves(s: Scene, mended: bool) -> None:
    s.street()
    s.tree(s.rnd.uniform(120, 640), KERB - 10, 1.05)
    if mended:
        return
    for _leaf in range(240):
        color = s.rnd.choice(((178, 128, 62), (150, 98, 56), (122, 130, 66), (200, 160, 84)))
        s.blob(s.rnd.uniform(40, 760), s.rnd.triangular(KERB - 14, 560, KERB + 24), 8, 4, s.lit(color), rough=0.4)


def graffiti(s: Scene, mended: bool) -> None:
    s.sky()
    s.hills()
    s.box(0, 230, WIDTH, 230, s.lit((222, 210, 188)))
    s.box(0, 222, WIDTH, 14, s.lit((170, 150, 128)))
    s.ground()
    if mended:
        s.box(170, 250, 440, 150, s.lit((232, 222, 202)))
        return
    color: Color = s.rnd.choice(((40, 40, 46), (150, 40, 60), (36, 80, 150)))
    for step in range(5):
        x = 190 + step * 86
        loop = [(x + math.cos(t / 3) * 34 + t, 320 + math.sin(t / 2.1) * 52) for t in range(20)]
        s.line(loop, s.lit(color), 9)
    s.line([(180, 400), (420, 384), (640, 402)], s.lit(color), 7)
