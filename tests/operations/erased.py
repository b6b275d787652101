"""Plants a person's data wherever an installation keeps any, then erases them at the desk; as processes of their own.

erased.py plant     everything they have with us; prints what to look for
erased.py erase     under an order, by the desk's pages, and what jobs do afterwards
"""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "ventanilla.config.settings"
django.setup()

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.module_loading import autodiscover_modules
from PIL import Image, ImageDraw

from ventanilla.accounts.models import User
from ventanilla.cases import actions
from ventanilla.cases.actions import Filing, drafts, receipts
from ventanilla.cases.enums import Channel, Identity, Visibility
from ventanilla.cases.models import Attachment, Case, WorkItem
from ventanilla.catalog import published
from ventanilla.files import actions as files
from ventanilla.jobs import actions as jobs
from ventanilla.jobs.models import Job
from ventanilla.lib.actors import Actor
from ventanilla.notifications import delivery
from ventanilla.notifications.models import Message
from ventanilla.organization.models import Membership, Role
from ventanilla.people import actions as people
from ventanilla.people.enums import CodePurpose, ContactKind
from ventanilla.people.models import Person
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import pointed
from ventanilla.places.rules import said_only
from ventanilla.portal import codes
from ventanilla.search import vocabulary

NAME, OLD_NAME = "Zoraida Quirárte Wexlerón", "Zoraida Antiguaña Wexlerón"
PHONE, EMAIL, DOCUMENT = "+50687654321", "zoraida.quirarte@ejemplo.example", "907770333"
WORDS = ["fosforescente", "almojábana", "zaguán", "trasnochada", "carambola", "pergamino", "chirimoya", "dedalera"]
DESK = Actor("user:0", "Mesa")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def photo(word: str) -> SimpleUploadedFile:
    """A photo that is like no other, called after the person."""
    out = BytesIO()
    drawn = Image.effect_noise((320, 240), 80).convert("RGB")
    ImageDraw.Draw(drawn).text((10, 10), word, fill="red")
    drawn.save(out, "JPEG")
    return SimpleUploadedFile(f"{word} de Zoraida.jpg", out.getvalue(), "image/jpeg")


def kept(upload: SimpleUploadedFile) -> list[tuple[object, str]]:
    staged = files.receive(upload)
    with transaction.atomic():
        return [(files.keep(staged, by="test"), staged.name)]


def plant() -> None:
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    person = people.register_person(
        by="test",
        name=OLD_NAME,
        contacts=[(ContactKind.PHONE, PHONE), (ContactKind.EMAIL, EMAIL)],
        verified=True,
        documents=[("national", DOCUMENT)],
    )
    people.rename_person(person=person, name=NAME, by="test")
    own = filed(person)
    told(own, person)
    elsewhere(person)
    browse(person)
    delivery.deliver_due()
    vocabulary.count()
    digests = list(Attachment.objects.values_list("file__sha256", flat=True))
    known = [
        *(NAME, PHONE, EMAIL, DOCUMENT, "Zoraida", "Quirárte", "Wexlerón"),
        *("8765-4321", "87654321", "9-0777-0333", *WORDS),
    ]
    sys.stdout.write(json.dumps({"values": known, "digests": digests, "person": str(person.uuid)}))


def filed(person: Person) -> Case:
    """A report with all a report may say, with its receipt as a document."""
    filing = Filing(
        procedure=published.current().by_key["street_light_out"],
        channel=Channel.PHONE,
        description=f"Soy {NAME}, llámeme al 8765-4321 por la farola fosforescente.",
        place=pointed("frente a la casa de Zoraida, la del zaguán", -84.1, 9.93, PlaceSource.MAP),
        identity=Identity.IDENTIFIED,
        applicant=person,
        mood="Zoraida está trasnochada",
        files=kept(photo("farola")),
        external={"device_id": f"aparato-de-{EMAIL}"},
        idempotency_key=f"clave-{DOCUMENT}",
    )
    case = actions.open_case(filing, by=Actor(f"person:{person.uuid}", NAME))
    receipts.ask(case)
    receipts.make(str(case.uuid))
    return case


def told(case: Case, person: Person) -> None:
    """What is said, done and thought of it until its end."""
    me = Actor(f"person:{person.uuid}", NAME)
    actions.reply(case, text=f"Doña Zoraida: vamos a la almojábana. Le escribimos a {EMAIL}.", by=DESK)
    actions.note(case, text=f"Documento 9-0777-0333, {NAME}", by=DESK)
    actions.ask_person(case, text="¿Doña Zoraida, hay pergamino?", by=DESK)
    actions.person_replies(case, text="Soy Zoraida, sí hay carambola.", by=me, files=kept(photo("poste")))
    letter = SimpleUploadedFile("Carta a Zoraida.txt", f"Señora {NAME}".encode(), "text/plain")
    actions.attach(case, files=kept(letter), by=DESK, visibility=Visibility.PERSON, text="Carta de Zoraida")
    actions.correct_place(case, place=said_only("Donde Zoraida Wexlerón, chirimoya"), by=DESK)
    item = WorkItem.objects.filter(case=case, state="open").exclude(node="").first()
    if item is not None:
        actions.complete_work(item, answers={"facts": "real", "text": f"Lo vio {NAME}"}, user=None, by=DESK,
                              note="Zoraida acompañó")  # fmt: skip
    call = WorkItem(case=case, kind="call", name="Llamar", script=f"Buenas, {NAME}", opened_at=case.filed_at)
    call.answers = {"address": PHONE}
    call.save()
    actions.resolve_case(case, text="Quedó, doña Zoraida: dedalera.", by=DESK)
    actions.answer_survey(case, mark=4, comment="Gracias, firma Zoraida", by=me)


def elsewhere(person: Person) -> None:
    """What they have in the cases of others, and what they never sent."""
    other = people.register_person(by="test", name="Ana Otra", contacts=[(ContactKind.PHONE, "+50622223333")])
    lamp = published.current().by_key["street_light_out"]
    spot = pointed("", -84.1, 9.93, PlaceSource.MAP)
    public = actions.open_case(Filing(procedure=lamp, channel=Channel.WEB, description="Otra farola", place=spot,
                                      identity=Identity.IDENTIFIED, applicant=other), by=DESK)  # fmt: skip
    actions.follow(public, person=person, by=Actor(f"person:{person.uuid}", NAME))
    actions.reply(public, text="Ya vamos.", by=DESK)
    complaint = published.current().by_key["complaint"]
    actions.open_case(Filing(procedure=complaint, channel=Channel.PHONE, description="A mi vecina Zoraida Wexlerón",
                             identity=Identity.IDENTIFIED, applicant=other, affected=person), by=DESK)  # fmt: skip
    draft, _secret = drafts.start_draft({"type": "complaint", "contact": ["email", EMAIL], "name": NAME})
    drafts.save_draft(draft, details={"answers": {}, "description": "Zoraida no terminó"}, document=DOCUMENT)
    drafts.add_staged_photo(draft, files.receive(photo("borrador")), by="anonymous")


def browse(person: Person) -> None:
    """A browser in which they proved a contact, and one in which they were about to."""
    session = Client().session
    session["person"], session["proven"] = str(person.uuid), ["email", EMAIL]
    session.save()
    people.issue_code(purpose=CodePurpose.CONTACT, kind=ContactKind.PHONE, value=PHONE)
    codes.send(CodePurpose.SIGN_IN, ContactKind.EMAIL, EMAIL)


def erase(uuid: str) -> None:
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    user = User.objects.create_user("borra", "clave", name="Ada Mena", needs_second_factor=False)
    Membership.objects.create(user=user, role=Role.objects.get(key="systems"))
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend=BACKEND)
    order = {"number": "2026-000045", "authority": "Agencia de Protección de Datos", "reason": "data_protection"}
    path = f"/mesa/borrado/persona/{uuid}/"
    assert client.get(path).status_code == 200
    assert "Confirmar" in client.post(path, order).content.decode()
    done = client.post(path, {**order, "again": order["number"]})
    assert done.status_code == 302, done.content.decode()
    autodiscover_modules("jobs")
    jobs.run_waiting()
    assert not Job.objects.exclude(state="done").exists()
    call_command("clearsessions")
    sys.stdout.write(json.dumps({"erased": Message.objects.filter(state="erased").count()}))


{"plant": plant, "erase": erase}[sys.argv[1]](*sys.argv[2:])
