"""What the photos show of light, cables and water. Each motif as it was found, or as it was left."""

from __future__ import annotations

import math

from ventanilla.demo.pictures.scene import HORIZON, KERB, ROAD, WIDTH, Scene


def cables(s: Scene, mended: bool) -> None:
    s.street()
    left, right = s.post(110, lamp=False, foot=KERB), s.post(690, lamp=False, foot=KERB)
    for drop in (8, 26, 44):
        s.line(
            [(left[0], left[1] + drop), (400, left[1] + drop + 34), (right[0], right[1] + drop)],
            s.lit((42, 42, 46)),
            2.5,
        )
    if mended:
        return
    deep = s.rnd.uniform(370, 470)
    for step in range(3):
        s.line(
            [
                (left[0], left[1] + 60),
                (250 + step * 24, deep - step * 22),
                (380 + step * 40, deep - 10),
                (right[0], right[1] + 80),
            ],
            s.lit((30, 30, 34)),
            3.5,
        )
    for radius in (30, 24, 18):
        s.ring(left[0] + 16, left[1] + 96, radius, s.lit((30, 30, 34)), 3)


def lamp_out(s: Scene, mended: bool) -> None:
    s.street(night=True)
    x = s.rnd.uniform(250, 480)
    if s.rnd.random() < 0.5:
        s.post(x + 280, on=True)
    s.post(x, on=mended)
    if not mended:
        s.box(0, HORIZON - 60, WIDTH, 400, (8, 10, 22), alpha=80)


def lamp_faulty(s: Scene, mended: bool) -> None:
    if mended:
        s.street()
        s.post(s.rnd.uniform(300, 440))
        return
    s.street(night=s.rnd.random() < 0.6)
    head = s.post(s.rnd.uniform(300, 440), on=True)
    for step in range(8):
        angle = math.tau * step / 8
        near, far = 40, 62
        ray = [(head[0] + 8 + math.cos(angle) * r, head[1] + math.sin(angle) * r) for r in (near, far)]
        s.line(ray, (255, 220, 120), 3)


def leaning_post(s: Scene, mended: bool) -> None:
    s.street()
    x = s.rnd.uniform(330, 460)
    s.post(x, lean=0 if mended else s.rnd.choice((-110, 96)))
    s.box(x - 22, KERB + 2, 44, 18, s.lit((150, 146, 140)))
    if not mended:
        s.cone(x + 84, KERB + 46, 0.9)
        s.cone(x - 84, KERB + 46, 0.9)


def tap(s: Scene, mended: bool) -> None:
    s.box(0, 0, WIDTH, 600, s.lit((214, 224, 222)))
    for x in range(0, WIDTH, 100):
        for y in range(0, 400, 100):
            s.box(x + 2, y + 2, 96, 96, s.lit((228, 236, 234)))
    s.box(0, 400, WIDTH, 200, s.lit((172, 176, 178)))
    s.oval(400, 470, 250, 70, s.lit((142, 148, 152)))
    s.oval(400, 478, 226, 56, s.lit((120, 126, 132)))
    metal = s.lit((132, 140, 148))
    s.rounded(372, 120, 56, 60, metal, radius=10)
    s.line([(400, 150), (400, 200), (470, 210), (486, 262)], metal, 30)
    s.box(340, 104, 120, 20, metal)
    if mended:
        s.box(474, 272, 22, 190, (188, 214, 228), alpha=220)
        s.oval(484, 470, 90, 22, (198, 220, 232), alpha=200)
    elif s.rnd.random() < 0.5:
        s.box(476, 272, 18, 186, s.lit((142, 108, 66)), alpha=220)
        s.oval(440, 476, 160, 36, s.lit((150, 118, 76)), alpha=220)
    else:
        for y in (300, 366):
            s.oval(485, y, 7, 11, (176, 206, 222))


def leak(s: Scene, mended: bool) -> None:
    s.street()
    x = s.rnd.uniform(270, 470)
    if mended:
        s.shape([(x - 90, ROAD + 14), (x + 90, ROAD + 14), (x + 124, 560), (x - 124, 560)], s.lit((66, 66, 72)))
        return
    s.puddle(x + 60, 540, 250, 34, (150, 182, 200))
    s.blob(x, ROAD + 24, 50, 16, s.lit((70, 70, 74)))
    for step in range(16):
        reach, high = s.rnd.uniform(-64, 64), s.rnd.uniform(40, 132)
        s.line(
            [(x, ROAD + 22), (x + reach * 0.5, ROAD + 22 - high), (x + reach, ROAD + 34 - high * 0.4)],
            (196, 222, 236),
            3 if step % 2 else 2,
        )


def meter(s: Scene, mended: bool) -> None:
    s.box(0, 0, WIDTH, 600, s.lit((150, 150, 146)))
    for _grain in range(200):
        s.oval(s.rnd.uniform(0, WIDTH), s.rnd.uniform(0, 600), 3, 2, s.lit((136, 136, 132)))
    s.rounded(180, 120, 440, 360, s.lit((96, 94, 90)), radius=14)
    s.rounded(206, 146, 388, 308, s.lit((64, 58, 52)), radius=10)
    if not mended:
        s.puddle(400, 420, 180, 26)
    s.box(206, 300, 388, 34, s.lit((118, 124, 130)))
    s.oval(400, 300, 104, 104, s.lit((62, 92, 140)))
    s.oval(400, 300, 82, 82, s.lit((240, 240, 232)))
    s.box(352, 262, 96, 26, s.lit((36, 36, 40)))
    for digit in range(5):
        s.box(356 + digit * 18, 266, 14, 18, s.lit((240, 236, 220)))
    s.line([(400, 330), (400 + s.rnd.uniform(-34, 34), 356)], s.lit((180, 50, 46)), 4)
    if not mended:
        s.line([(350, 240), (392, 300), (372, 352)], s.lit((60, 60, 64)), 3)
