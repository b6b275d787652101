"""The icons of the sprite (Tabler, outline). To add one, name it here and run `tools/vendor_design.py`."""

_INTERFACE = """
alert-triangle address-book adjustments-horizontal alarm arrow-back-up arrow-left arrow-right arrows-split-2
bell bolt books building building-community calendar calendar-clock calendar-event calendar-plus camera
chart-bar check checkbox chevron-down chevron-left chevron-right chevron-up circle-check circle-dashed clock
copy current-location device-floppy dots download edit external-link eye eye-off file-certificate file-export
file-search file-text files filter filter-plus flag gavel hand-stop headset help-circle history home hourglass
id inbox info-circle key layout-list link list-check list-search loader-2 lock logout mail map map-2 map-pin
map-pin-plus map-search menu-2 message message-2 message-2-check message-2-question messages minus mood-smile
note paperclip pencil phone photo player-pause player-play plus printer qrcode refresh rotate route search send
settings share shield-check urgent sitemap square star stack-2 tags thumb-up ticket tool trash upload user
user-check user-plus user-question users users-group volume wifi-off world x
"""
INTERFACE = frozenset(_INTERFACE.split())
"""What the pages themselves need."""

_SERVICES = """
bulb-off bulb trees tree recycle trash-x road road-sign barrier-block traffic-lights traffic-cone bus parking
bike walk wheelchair droplet droplet-off ripple flood dog-bowl paw bug volume-2 building-store license
bath swimming ball-football school book building-hospital heart-handshake home-heart baby-carriage
receipt cash spray shovel fence crane flame old plant-2 wind bucket
"""
SERVICES = frozenset(_SERVICES.split())
"""What a catalogue may give to a kind of request."""

ICONS = INTERFACE | SERVICES
