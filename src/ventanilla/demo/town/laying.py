"""Writing the town into the places room, through its actions."""

from __future__ import annotations

from ventanilla.demo.town.building import Town
from ventanilla.places import actions


def lay(town: Town, *, by: str = "demo") -> dict[str, actions.Report]:
    """Store the whole town, some seconds. Can be run again: what is there is passed over. Returns the reports."""
    reports = {
        "zones": actions.store_zones(rows=town.zones, by=by),
        "streets": actions.store_streets(rows=town.streets, by=by),
        "parcels": actions.store_parcels(rows=town.parcels, by=by),
        "addresses": actions.store_addresses(rows=town.addresses, by=by),
        "landmarks": actions.store_landmarks(rows=town.landmarks, by=by),
        "assets": actions.store_assets(rows=town.assets, by=by),
        "shapes": actions.store_shapes(rows=town.shapes, by=by),
    }
    if reports["streets"].created or reports["streets"].changed:
        actions.connect_streets(by=by)
    return reports
