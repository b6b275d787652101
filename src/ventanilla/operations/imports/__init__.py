"""Reading files of other systems: what `./ventanilla import` can do, by kind of file."""

from ventanilla.lib.imports import importers
from ventanilla.operations.imports import cases, places, services

__all__ = ["importers"]

for _what, _importer in places.importers().items():
    importers.register(_what, _importer)
importers.register("services", services.import_services)
importers.register("cases", cases.import_cases)
