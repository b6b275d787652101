"""What the photos show of streets and what moves in them. Each motif as it was found, or as it was left."""

from __future__ import annotations

import math

from ventanilla.demo.pictures.scene import HORIZON, KERB, ROAD, WIDTH, Color, Scene

CARS: tuple[Color, ...] = ((170, 60, 54), (70, 96, 134), (196, 196, 198), (92, 104, 92), (214, 190, 140))


def pothole(s: Scene, mended: bool) -> None:
    s.street()
    x, y, wide = s.rnd.uniform(300, 500), 522, s.rnd.uniform(96, 150)
    if mended:
        s.shape(
            [(x - wide * 1.2, y - 34), (x + wide * 1.15, y - 34), (x + wide * 1.35, y + 40), (x - wide * 1.35, y + 40)],
            s.lit((66, 66, 72)),
        )
        s.cone(x + wide * 1.6, y + 40, 0.9)
        return
    s.blob(x, y, wide + 12, 42, s.lit((78, 78, 82)))
    s.blob(x, y + 2, wide, 33, s.lit((112, 92, 74)))
    s.blob(x + 8, y + 10, wide * 0.74, 20, s.lit((78, 64, 54)))
    if s.rnd.random() < 0.6:
        s.puddle(x + 6, y + 10, wide * 0.6, 14)
    for _stone in range(9):
        s.blob(x + s.rnd.uniform(-1.5, 1.5) * wide, y + s.rnd.uniform(-30, 46), 7, 4, s.lit((136, 132, 128)))


def sidewalk(s: Scene, mended: bool) -> None:
    s.sky()
    s.hills()
    s.houses()
    s.box(0, KERB - 24, WIDTH, 140, s.lit((200, 196, 188)))
    s.box(0, KERB + 116, WIDTH, 60, s.lit((98, 98, 102)))
    s.box(0, KERB + 106, WIDTH, 12, s.lit((160, 156, 150)))
    for x in range(-40, WIDTH, 130):
        s.line([(x + 46, KERB - 24), (x, KERB + 106)], s.lit((172, 168, 160)), 2)
    middle = s.rnd.uniform(300, 480)
    if mended:
        s.shape(
            [
                (middle - 90, KERB - 24),
                (middle + 130, KERB - 24),
                (middle + 96, KERB + 106),
                (middle - 136, KERB + 106),
            ],
            s.lit((222, 220, 214)),
        )
        return
    s.shape(
        [(middle - 96, KERB + 72), (middle + 30, KERB - 8), (middle + 44, KERB + 8), (middle - 70, KERB + 92)],
        s.lit((120, 112, 104)),
    )
    s.shape(
        [(middle + 30, KERB - 8), (middle + 150, KERB + 6), (middle + 96, KERB + 78), (middle - 6, KERB + 62)],
        s.lit((214, 210, 202)),
    )
    for _crack in range(5):
        crack = middle + s.rnd.uniform(-130, 130)
        s.line(
            [
                (crack, KERB - 8),
                (crack + s.rnd.uniform(-30, 30), KERB + 40),
                (crack + s.rnd.uniform(-40, 40), KERB + 96),
            ],
            s.lit((110, 104, 98)),
            2.5,
        )
    for _tuft in range(7):
        s.blob(middle + s.rnd.uniform(-90, 60), KERB + s.rnd.uniform(40, 90), 11, 8, s.lit((108, 144, 84)), rough=0.4)


def flood(s: Scene, mended: bool) -> None:
    s.street()
    x = s.rnd.uniform(280, 520)
    if not mended:
        s.puddle(400, 528, 430, 62, (134, 130, 112))
        for _wave in range(9):
            a, b = s.rnd.uniform(20, 700), s.rnd.uniform(490, 580)
            s.line([(a, b), (a + 40, b - 3), (a + 78, b)], s.lit((170, 168, 150)), 2)
    s.rounded(x - 66, KERB + 8, 132, 30, s.lit((74, 76, 80)), radius=5)
    for step in range(7):
        s.box(x - 56 + step * 17, KERB + 12, 8, 22, s.lit((34, 36, 40)))
    if mended:
        return
    for _leaf in range(34):
        color = s.rnd.choice(((122, 96, 60), (92, 112, 66), (150, 120, 70)))
        s.blob(x + s.rnd.uniform(-96, 96), KERB + s.rnd.uniform(12, 56), 10, 6, s.lit(color), rough=0.35)
    s.bag(x + 70, KERB + 64, 0.6, (226, 226, 222))


def manhole(s: Scene, mended: bool) -> None:
    s.street()
    x, y = s.rnd.uniform(300, 500), 526
    s.oval(x, y, 118, 42, s.lit((74, 74, 78)))
    if not mended:
        s.oval(x, y, 104, 35, s.lit((26, 26, 30)))
    shift = 0 if mended else s.rnd.choice((-46, 44))
    s.oval(x + shift, y - (0 if mended else 8), 104, 35, s.lit((112, 108, 104)))
    for step in (-2, -1, 0, 1, 2):
        s.line([(x + shift + step * 34 - 12, y - 22), (x + shift + step * 34 + 12, y + 14)], s.lit((88, 84, 82)), 4)
    if not mended:
        s.cone(x + 170, y + 34, 0.9)


def rubble(s: Scene, mended: bool) -> None:
    s.street()
    if mended:
        return
    x = s.rnd.uniform(260, 520)
    s.shape([(x - 200, 540), (x - 96, 452), (x - 20, 428), (x + 80, 446), (x + 210, 540)], s.lit((186, 162, 124)))
    for _stone in range(46):
        a = s.rnd.uniform(-180, 190)
        y = 536 - (1 - abs(a) / 215) * 92 * s.rnd.random()
        s.blob(
            x + a,
            y,
            s.rnd.uniform(8, 20),
            s.rnd.uniform(6, 13),
            s.lit(s.rnd.choice(((150, 144, 136), (122, 116, 110), (176, 104, 78)))),
        )
    s.line([(x - 40, 530), (x + 60, 400)], s.lit((140, 104, 70)), 9)


def dirt_road(s: Scene, mended: bool) -> None:
    s.sky()
    s.hills()
    for x in (60, 170, 640, 740):
        s.tree(x + s.rnd.uniform(-20, 20), HORIZON + 70, s.rnd.uniform(0.6, 0.9))
    s.box(0, HORIZON + 40, WIDTH, 300, s.lit((128, 158, 96)))
    s.shape([(130, 600), (700, 600), (450, HORIZON + 40), (380, HORIZON + 40)], s.lit((176, 144, 106)))
    if mended:
        for _stone in range(130):
            s.oval(s.rnd.uniform(220, 620), s.rnd.uniform(440, 600), 3, 2, s.lit((150, 128, 104)))
        return
    for side in (-1, 1):
        s.line(
            [(414 + side * 16, HORIZON + 50), (408 + side * 60, 470), (400 + side * 150, 600)], s.lit((120, 92, 66)), 17
        )
    for _pool in range(3):
        y = s.rnd.uniform(430, 570)
        s.puddle(400 + s.rnd.uniform(-90, 90), y, 20 + (y - 400) / 2.6, 12, (156, 140, 118))


def road(s: Scene, mended: bool) -> None:
    s.street()
    if mended:
        s.shape([(300, ROAD + 20), (470, ROAD + 20), (540, 600), (250, 600)], s.lit((216, 180, 70)), 210)
    s.car(s.rnd.uniform(200, 560), 560, s.rnd.choice(CARS), 0.95)


def crosswalk(s: Scene, mended: bool) -> None:
    s.street(lines=False)
    for step in range(9):
        x = 120 + step * 66
        alpha = 240 if mended else s.rnd.choice((30, 50, 70, 18))
        s.shape(
            [(x, ROAD + 12), (x + 36, ROAD + 12), (x + 22 + (step - 4) * 9, 600), (x - 22 + (step - 4) * 9, 600)],
            s.lit((240, 238, 230)),
            alpha,
        )


def car(s: Scene, mended: bool) -> None:
    s.street()
    if mended:
        return
    s.car(
        s.rnd.uniform(280, 500), s.rnd.choice((KERB + 30, 520)), s.rnd.choice(CARS), 1.25, wheels=s.rnd.random() < 0.6
    )


def traffic_light(s: Scene, mended: bool) -> None:
    s.street()
    x = s.rnd.uniform(330, 470)
    s.line([(x, KERB + 14), (x, 170)], s.lit((92, 96, 100)), 12)
    s.rounded(x - 40, 96, 80, 190, s.lit((44, 46, 50)), radius=14)
    colors: tuple[Color, ...] = ((206, 60, 50), (226, 176, 60), (70, 168, 96))
    lit = 2 if mended else s.rnd.choice((-1, -1, 1))
    for place, color in enumerate(colors):
        y = 128 + place * 60
        s.oval(x, y, 23, 23, color if place == lit else s.lit((74, 74, 78)))
        if place == lit:
            s.oval(x, y, 44, 44, color, alpha=50)
    s.car(x + s.rnd.choice((-210, 200)), 560, s.rnd.choice(CARS), 0.8)


def stop_sign(s: Scene, mended: bool) -> None:
    s.street()
    x, lean = s.rnd.uniform(330, 450), 0 if mended else s.rnd.choice((-120, 130, 60))
    top = (x + lean, 230 + abs(lean) * 0.7)
    s.line([(x, KERB + 16), top], s.lit((130, 134, 138)), 10)
    for reach, color in ((62, (244, 242, 236)), (55, (188, 48, 44))):
        points = [
            (top[0] + math.cos(math.tau * (k + 0.5) / 8) * reach, top[1] + math.sin(math.tau * (k + 0.5) / 8) * reach)
            for k in range(8)
        ]
        s.shape(points, s.lit(color))
    s.box(top[0] - 36, top[1] - 8, 72, 16, s.lit((246, 244, 240)))
    if not mended:
        for _mark in range(5):
            a, b = top[0] + s.rnd.uniform(-40, 40), top[1] + s.rnd.uniform(-40, 40)
            s.line([(a, b), (a + s.rnd.uniform(-26, 26), b + s.rnd.uniform(-20, 20))], s.lit((90, 60, 56)), 3)


def bus_stop(s: Scene, mended: bool) -> None:
    s.street()
    x, steel = s.rnd.uniform(210, 330), s.lit((74, 90, 116))
    for foot in (x, x + 290):
        s.line([(foot, KERB + 12), (foot, 216)], steel, 9)
    s.shape([(x - 30, 220), (x + 320, 200), (x + 320, 184), (x - 30, 204)], steel)
    if not mended:
        s.shape([(x + 90, 214), (x + 190, 208), (x + 170, 192), (x + 120, 196)], s.light.below)
        s.line([(x + 120, 214), (x + 96, 262)], steel, 4)
    s.box(x + 20, 262, 250, 96, s.lit((190, 212, 220)), alpha=150)
    s.rounded(x + 40, KERB - 46, 210 if mended else 110, 14, s.lit((150, 108, 72)), radius=4)
    s.box(x + 330, 240, 8, 190, steel)
    s.rounded(x + 304, 226, 60, 60, s.lit((60, 96, 160)), radius=8)
