"""Pure rules of the design: contrast, and the scale of colours a municipality's own colour gives.

Lightness is moved in OKLCH (Ottosson 2020, *A perceptual color space for image processing*), where equal steps look
equal; contrast is WCAG 2.2's. Colours are `#RRGGBB`.
"""

import re
from collections.abc import Callable
from math import atan2, cos, hypot, sin

INK = "#1C2430"
LIGHT_GROUNDS = ("#FBF9F5", "#FFFFFF", "#F4EDE1")
"""Paper, surface, cal: what coloured text stands on by day."""
DARK_GROUNDS = ("#151A21", "#1C222B", "#11151B")
"""The same by night, at the desk."""
DARK_INK = "#ECE8E0"
READABLE = 4.5
"""WCAG 2.2, 1.4.3: text against its ground."""
DEFAULT_COLOR = "#2F4B9B"

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def is_color(text: str) -> bool:
    """Whether a text is a colour as we write them."""
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def least_contrast(color: str, grounds: tuple[str, ...]) -> float:
    """The contrast of a colour against the ground where it is worst."""
    return min(contrast(color, ground) for ground in grounds)


def scale(primary: str) -> tuple[dict[str, str], dict[str, str]]:
    """The tokens `anil-*` and `on-anil` for a primary colour, by day and by night.

    Text of 600 and 700 reads (≥4.5:1) on every ground and on 100; `on-anil` reads on 600, 700 and 800; ink reads on
    100 and 300. The colour itself is kept as given where it reads, else darkened (by night lightened) until it does.
    """
    return _by_day(primary), _by_night(primary)


def _by_day(primary: str) -> dict[str, str]:
    lightness, chroma, hue = _to_oklch(primary)
    soft = _tint(0.94, min(chroma, 0.025), hue)
    grounds = (*LIGHT_GROUNDS, soft)
    kept = primary.upper() if least_contrast(primary, grounds) >= READABLE else None
    acting = kept or _first_readable(lambda step: _tint(lightness - step, chroma, hue), grounds)
    at = _to_oklch(acting)[0]
    return {
        "anil-800": _tint(max(at - 0.14, 0.05), chroma * 0.85, hue),
        "anil-700": _tint(max(at - 0.07, 0.08), chroma * 0.95, hue),
        "anil-600": acting,
        "anil-300": _tint(0.83, min(chroma, 0.06), hue),
        "anil-100": soft,
        "on-anil": "#FFFFFF",
    }


def _by_night(primary: str) -> dict[str, str]:
    _, chroma, hue = _to_oklch(primary)
    soft = _tint(0.30, min(chroma, 0.05), hue)
    grounds = (*DARK_GROUNDS, soft)
    gentle = min(chroma, 0.11)
    acting = _first_readable(lambda step: _tint(0.77 + step, gentle, hue), grounds)
    at = _to_oklch(acting)[0]
    return {
        "anil-800": _tint(min(at + 0.12, 0.97), gentle * 0.5, hue),
        "anil-700": _tint(min(at + 0.07, 0.95), gentle * 0.75, hue),
        "anil-600": acting,
        "anil-300": _tint(0.44, min(chroma, 0.08), hue),
        "anil-100": soft,
        "on-anil": _tint(0.19, min(chroma, 0.04), hue),
    }


def _first_readable(shade: Callable[[float], str], grounds: tuple[str, ...]) -> str:
    """The first of ever stronger shades that reads on all grounds; black or white would, so one is found."""
    steps = (index * 0.01 for index in range(100))
    return next(color for step in steps if least_contrast(color := shade(step), grounds) >= READABLE)


def _channels(color: str) -> list[float]:
    values = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def _luminance(color: str) -> float:
    red, green, blue = _channels(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(color: str) -> tuple[float, float, float]:
    red, green, blue = _channels(color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _linear(lightness: float, chroma: float, hue: float) -> list[float]:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return [
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    ]


def _tint(lightness: float, chroma: float, hue: float) -> str:
    """The colour at this place, paler where a screen can't show so much of it."""
    lightness = min(max(lightness, 0.0), 1.0)
    while chroma > 0.002 and not all(-0.0005 <= part <= 1.0005 for part in _linear(lightness, chroma, hue)):
        chroma *= 0.94
    parts = (min(max(part, 0.0), 1.0) for part in _linear(lightness, chroma, hue))
    shown = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts)
    return "#" + "".join(f"{round(part * 255):02X}" for part in shown)
