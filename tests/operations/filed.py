"""Files reports on an installation, as a process of its own: `filed.py 3 anchor 1`; prints the uuid of each.

Each has a photo, a reply, a note and the document of its receipt: something of all that the trail speaks of.
"""

import os
import sys
from io import BytesIO

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "ventanilla.config.settings"
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from ventanilla.audit import actions as audit
from ventanilla.cases import actions
from ventanilla.cases.actions import Filing, receipts
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Case
from ventanilla.catalog import published
from ventanilla.files import actions as files
from ventanilla.lib.actors import Actor
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import pointed

DESK = Actor("user:0", "Mesa")


def photo(number: int) -> files.Staged:
    out = BytesIO()
    Image.new("RGB", (60, 40), (number % 250, 90, 120)).save(out, "JPEG")
    return files.receive(SimpleUploadedFile(f"foto-{number}.jpg", out.getvalue()))


def file(number: int) -> Case:
    staged = photo(number)
    with transaction.atomic():
        person = people.register_person(
            by="test", name=f"Rosa Vecina {number}", contacts=[(ContactKind.PHONE, f"+5068888{number:04d}")]
        )
        by = Actor(f"person:{person.uuid}", person.name)
        case = actions.open_case(
            Filing(
                procedure=published.current().by_key["street_light_out"],
                channel=Channel.WEB,
                description=f"La farola número {number} está apagada.",
                place=pointed("frente al parque", -84.1, 9.93, PlaceSource.MAP),
                identity=Identity.IDENTIFIED,
                applicant=person,
                files=[(files.keep(staged, by=by.ref), staged.name)],
            ),
            by=by,
        )
    actions.reply(case, text="Ya vamos en camino.", by=DESK)
    actions.note(case, text="Llevar la escalera larga.", by=DESK)
    receipts.ask(case)
    receipts.make(str(case.uuid))
    return case


filed = 0
for word in sys.argv[1:]:
    if word == "anchor":
        audit.anchor()
        continue
    for _each in range(int(word)):
        filed += 1
        sys.stdout.write(f"{file(filed).uuid}\n")
