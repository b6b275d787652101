"""The demo's town: San Jacinto del Río, an invented canton in the form of those of Costa Rica's Central Valley.

No canton or district bears this name. The plan is drawn in metres from a fixed seed, so every installation has the
same town: a grid of avenidas and calles numbered from the central park, that bends where the river bends, a second
quarter on the other bank, an old road with kilometre posts, and a diagonal to where the station was.
"""

from ventanilla.demo.town.building import CENTER, COUNTRY, NAME, Town, build
from ventanilla.demo.town.laying import lay

__all__ = ["CENTER", "COUNTRY", "NAME", "Town", "build", "lay"]
