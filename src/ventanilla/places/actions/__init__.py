"""Every write of the places room."""

from ventanilla.places.actions.importing import (
    import_addresses,
    import_assets,
    import_landmarks,
    import_parcels,
    import_shapes,
    import_streets,
    import_zones,
)
from ventanilla.places.actions.storing import (
    Rejected,
    Report,
    connect_streets,
    store_addresses,
    store_assets,
    store_landmarks,
    store_parcels,
    store_shapes,
    store_streets,
    store_zones,
)
from ventanilla.places.rows import (
    AddressRow,
    AssetRow,
    LandmarkRow,
    ParcelRow,
    ShapeRow,
    StreetRow,
    ZoneRow,
)
from ventanilla.places.vectors import Mapping, as_mapping, row_count

__all__ = [
    "AddressRow",
    "AssetRow",
    "LandmarkRow",
    "Mapping",
    "ParcelRow",
    "Rejected",
    "Report",
    "ShapeRow",
    "StreetRow",
    "ZoneRow",
    "as_mapping",
    "connect_streets",
    "import_addresses",
    "import_assets",
    "import_landmarks",
    "import_parcels",
    "import_shapes",
    "import_streets",
    "import_zones",
    "row_count",
    "store_addresses",
    "store_assets",
    "store_landmarks",
    "store_parcels",
    "store_shapes",
    "store_streets",
    "store_zones",
]
