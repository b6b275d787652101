"""References that people copy by hand: `2026-000123-7`, year, number and a Damm check digit.

The Damm algorithm (Damm 2004, *Total anti-symmetrische Quasigruppen*) finds every single wrong digit
and every swap of two neighbours.
"""

import re

from stdnum import damm

_SHAPE = re.compile(r"^\D*(\d{4})\D?(\d{6,})\D?(\d)\D*$")


def reference(year: int, number: int) -> str:
    """The reference of the `number`-th case of `year`."""
    digits = f"{year:04d}{number:06d}"
    return f"{year:04d}-{number:06d}-{damm.calc_check_digit(digits)}"


def parse(text: str) -> str | None:
    """The canonical reference in what a person typed (spaces, no dashes); None if the check digit is wrong."""
    found = _SHAPE.match(text.replace(" ", "").replace("-", ""))
    if not found:
        return None
    year, number, digit = found.groups()
    valid = damm.is_valid(year + number + digit)
    return f"{year}-{number}-{digit}" if valid else None
