"""Open311 GeoReport v2: the same actions by the protocol of the field's other clients."""
