"""What places are made of, without a database: distances and cells, names, and places as people say them."""

from ventanilla.places.rules.geometry import (
    Cells,
    Ring,
    along,
    bearing_of,
    cell,
    cell_center,
    cells,
    cells_of_box,
    distance_m,
    is_position,
    move,
    near,
    nearest_on,
    point_at,
)
from ventanilla.places.rules.names import key_words, name_key
from ventanilla.places.rules.place import Place, said_only
from ventanilla.places.rules.said import Said, Step, parse

__all__ = [
    "Cells",
    "Place",
    "Ring",
    "Said",
    "Step",
    "along",
    "bearing_of",
    "cell",
    "cell_center",
    "cells",
    "cells_of_box",
    "distance_m",
    "is_position",
    "key_words",
    "move",
    "name_key",
    "near",
    "nearest_on",
    "parse",
    "point_at",
    "said_only",
]
