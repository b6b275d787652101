"""Reading files of other systems: what `./ventanilla import` can do, by kind of file."""

from ventanilla.lib.imports import importers
from ventanilla.operations.imports import cases, places, services

__all__ = ["importers"]

importers.register("zones", places.import_zones)
importers.register("landmarks", places.import_landmarks)
importers.register("services", services.import_services)
importers.register("cases", cases.import_cases)
