"""What the photos show of trees, parks and animals. Each motif as it was found, or as it was left."""

from __future__ import annotations

from ventanilla.demo.pictures.scene import HORIZON, KERB, WIDTH, Scene


def tree_wires(s: Scene, mended: bool) -> None:
    s.street()
    x = s.rnd.uniform(280, 500)
    left, right = s.post(70, lamp=False, foot=KERB), s.post(730, lamp=False, foot=KERB)
    s.tree(x, KERB - 6, 1.0 if mended else 1.5)
    for drop in (4, 24):
        s.line(
            [(left[0], left[1] + drop + 20), (400, left[1] + drop + 46), (right[0], right[1] + drop + 20)],
            s.lit((36, 36, 40)),
            3,
        )


def tree_fallen(s: Scene, mended: bool) -> None:
    s.street()
    x = s.rnd.uniform(160, 260)
    if mended:
        for step in range(5):
            s.oval(x + step * 54, KERB + 12, 24, 24, s.lit((122, 92, 66)))
            s.oval(x + step * 54, KERB + 12, 15, 15, s.lit((206, 172, 128)))
        return
    s.shape([(x, 462), (x + 30, 436), (x + 400, 520), (x + 386, 548)], s.lit((108, 80, 58)))
    for _leaf in range(14):
        s.blob(
            x + s.rnd.uniform(270, 500),
            s.rnd.uniform(452, 566),
            54,
            34,
            s.lit(s.rnd.choice(((74, 124, 70), (96, 146, 82)))),
            rough=0.3,
        )
    s.blob(x + 4, 452, 40, 34, s.lit((122, 92, 70)), rough=0.4)


def tree_leaning(s: Scene, mended: bool) -> None:
    s.street()
    x = s.rnd.uniform(300, 460)
    if mended:
        s.oval(x, KERB - 4, 34, 12, s.lit((150, 116, 84)))
        s.oval(x, KERB - 6, 24, 8, s.lit((208, 176, 132)))
        s.tree(x + 130, KERB - 6, 0.4)
        return
    s.blob(x, KERB - 4, 60, 16, s.lit((120, 92, 68)), rough=0.3)
    s.tree(x, KERB - 4, 1.25, lean=s.rnd.choice((-0.75, 0.75)), dry=s.rnd.random() < 0.4)
    s.cone(x + 150, KERB + 50, 0.8)


def tree_small(s: Scene, mended: bool) -> None:
    s.park()
    x = s.rnd.uniform(180, 260)
    s.box(x - 70, 470, 140, 56, s.lit((176, 168, 156)))
    s.box(x - 58, 478, 116, 40, s.lit((118, 92, 70)))
    if mended:
        s.tree(x, 484, 0.55)
        s.line([(x + 26, 490), (x + 26, 392)], s.lit((190, 160, 120)), 5)


def playground(s: Scene, mended: bool) -> None:
    s.park()
    x, steel = s.rnd.uniform(160, 260), s.lit(s.rnd.choice(((196, 70, 60), (62, 104, 160), (220, 160, 50))))
    for foot in (x - 60, x + 60, x + 320, x + 440):
        s.line([(foot, 520), (x + (0 if foot < x + 100 else 380), 300)], steel, 11)
    s.line([(x, 302), (x + 380, 302)], steel, 11)
    chain, seat = s.lit((110, 112, 116)), s.lit((52, 52, 58))
    s.line([(x + 110, 304), (x + 104, 468)], chain, 3)
    s.line([(x + 160, 304), (x + 166, 468)], chain, 3)
    s.box(x + 92, 466, 86, 12, seat)
    s.line([(x + 240, 304), (x + 236, 468)], chain, 3)
    if mended:
        s.line([(x + 290, 304), (x + 296, 468)], chain, 3)
        s.box(x + 224, 466, 86, 12, seat)
        return
    s.shape([(x + 226, 468), (x + 240, 466), (x + 300, 532), (x + 286, 540)], seat)
    s.line([(x + 290, 304), (x + 296, 352)], chain, 3)


def bench(s: Scene, mended: bool) -> None:
    s.park()
    x, wood = s.rnd.uniform(200, 330), s.lit((152, 106, 70))
    for leg in (x + 20, x + 300):
        s.line([(leg, 520), (leg, 410)], s.lit((64, 66, 70)), 12)
    for row, y in enumerate((404, 428, 466)):
        if mended or row != 1:
            s.rounded(x, y, 330, 17, wood, radius=5)
        else:
            s.shape([(x, y), (x + 140, y + 2), (x + 128, y + 20), (x, y + 17)], wood)
            s.shape([(x + 190, y + 44), (x + 330, y - 2), (x + 334, y + 14), (x + 196, y + 62)], wood)


def grass(s: Scene, mended: bool) -> None:
    s.sky()
    s.hills()
    s.houses()
    s.box(0, KERB - 30, WIDTH, 300, s.lit((120, 156, 86)))
    count, high = (260, (6, 12)) if mended else (900, (46, 118))
    for _blade in range(count):
        x, y = s.rnd.uniform(0, WIDTH), s.rnd.triangular(KERB - 24, 620, 600)
        tall = s.rnd.uniform(*high) * (0.5 + (y - 400) / 260)
        green = s.rnd.choice(((98, 140, 70), (120, 158, 80), (146, 164, 90)))
        s.line([(x, y), (x + s.rnd.uniform(-14, 14), y - tall)], s.lit(green), 3)


def fountain(s: Scene, mended: bool) -> None:
    s.park()
    stone = s.lit((186, 180, 170))
    s.oval(400, 510, 230, 54, stone)
    s.oval(400, 502, 204, 42, s.lit((150, 186, 204) if mended else (128, 120, 108)))
    s.box(380, 380, 40, 124, stone)
    s.oval(400, 382, 96, 22, stone)
    if mended:
        for reach in (-70, -40, 40, 70):
            s.line([(400, 350), (400 + reach * 0.7, 332), (400 + reach, 480)], (204, 226, 238), 4)
        return
    for _leaf in range(40):
        s.blob(400 + s.rnd.uniform(-180, 180), 502 + s.rnd.uniform(-24, 24), 9, 5, s.lit((150, 112, 66)), rough=0.4)


def court(s: Scene, mended: bool) -> None:
    s.sky()
    s.hills()
    s.box(0, HORIZON + 20, WIDTH, 300, s.lit((132, 166, 96)))
    s.shape([(60, 600), (740, 600), (600, 400), (200, 400)], s.lit((170, 110, 86)))
    s.line([(130, 500), (670, 500)], s.lit((240, 236, 226)), 4)
    tilt = 0 if mended else s.rnd.choice((-64, 70))
    white = s.lit((240, 238, 230))
    s.line([(270, 420), (270 + tilt, 250)], white, 10)
    s.line([(530, 420), (530 + tilt, 250)], white, 10)
    s.line([(266 + tilt, 252), (534 + tilt, 252)], white, 10)
    for step in range(10):
        x = 280 + tilt + step * 26
        s.line([(x, 258), (x - tilt * 0.9, 414)], s.lit((206, 208, 206)), 1.5)


def dog(s: Scene, mended: bool) -> None:
    s.street()
    x, coat = (
        s.rnd.uniform(300, 460),
        s.lit(s.rnd.choice(((158, 112, 70), (84, 74, 68), (222, 206, 180), (196, 150, 96)))),
    )
    s.oval(x, 540, 120, 12, (30, 30, 34), alpha=80)
    for leg in (-66, -46, 44, 64):
        s.line([(x + leg, 470), (x + leg + 2, 538)], coat, 15)
    s.rounded(x - 90, 414, 180, 76, coat, radius=36)
    s.line([(x - 84, 440), (x - 128, 396)], coat, 13)
    s.oval(x + 110, 404, 42, 36, coat)
    s.oval(x + 146, 414, 24, 17, coat)
    s.blob(x + 88, 390, 16, 26, s.lit((70, 56, 48)), rough=0.1)
    s.oval(x + 166, 408, 6, 5, (28, 26, 26))
    s.oval(x + 122, 396, 5, 5, (28, 26, 26))
    s.line([(x + 76, 428), (x + 96, 440)], s.lit((190, 60, 60)), 8)


def bees(s: Scene, mended: bool) -> None:
    s.park()
    top = s.tree(420, 520, 1.7)
    if mended:
        return
    x, y = top[0] - s.rnd.uniform(70, 110), top[1] + 70
    for step in range(5):
        s.rounded(x - 40 + step * 4, y + step * 18, 80 - step * 8, 20, s.lit((196, 146, 66)), radius=9)
    s.oval(x, y + 60, 10, 8, s.lit((70, 48, 30)))
    for _bee in range(24):
        s.oval(x + s.rnd.uniform(-150, 150), y + s.rnd.uniform(-60, 150), 4, 3, (52, 40, 24))
