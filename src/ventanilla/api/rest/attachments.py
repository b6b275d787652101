"""Files of cases: added by staff and by the program that filed, read by who sees the case."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import File, Form, FormEx, P
from ninja.files import UploadedFile
from ninja.responses import Status

from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import ApiKey
from ventanilla.api import keys
from ventanilla.api.rest import acting, problems, schemas, writing
from ventanilla.api.rest.acts import STANDING, actor_of
from ventanilla.api.rest.cases import TAGS, seen
from ventanilla.api.rest.problems import Problem
from ventanilla.api.rest.server import needs, server
from ventanilla.cases import actions
from ventanilla.cases.enums import Visibility
from ventanilla.cases.models import Attachment, Case
from ventanilla.cases.permissions import can_view_case
from ventanilla.files import actions as files
from ventanilla.files.enums import FileKind
from ventanilla.files.responses import respond
from ventanilla.files.rules import MissingContent, RefusedFile, StorageFull
from ventanilla.lib.actors import Actor

STORABLE = r"^[^\x00]*$"
Shown = Literal["person", "staff"]
KEPT = {201: list[schemas.FileOut], 200: list[schemas.FileOut]}


@server.post(
    "cases/{uuid:uuid}/attachments", auth=needs(Scope.CASE_FILE), response=KEPT,
    tags=[_("Presentar y seguir")], operation_id="add_photo",
    summary=_("Agregar una foto o un documento a lo presentado"),
    description=_(
        "La clave que presentó el caso agrega lo que la persona manda con él. Mandado otra vez, no se guarda dos "
        "veces: contesta 200 con el mismo archivo."
    ),
)  # fmt: skip
def add_photo(request: HttpRequest, uuid: UUID, file: File[UploadedFile]) -> Any:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    case = Case.objects.filter(uuid=uuid, source=keys.source_of(key)).first()
    if case is None:
        raise problems.not_found()
    return _attach(case, file, by=keys.actor_of(key), visibility=Visibility.PERSON, text="")


@server.post(
    "cases/{uuid:uuid}/evidence", auth=needs(Scope.CASE_ACT, acts=True), response=KEPT,
    tags=TAGS, summary=_("Adjuntar una prueba"), operation_id="attach",
    description=_("La ve la mesa, o la persona también. Mandada otra vez, contesta 200 con el mismo archivo."),
)  # fmt: skip
def attach(
    request: HttpRequest,
    uuid: UUID,
    file: File[UploadedFile],
    visibility: Form[Shown] = "staff",
    text: FormEx[str, P(max_length=200, pattern=STORABLE)] = "",
) -> Any:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    case = seen(request, uuid, only=STANDING)
    acting.demand(key.user, case, "attach")
    return _attach(case, file, by=actor_of(key), visibility=Visibility(visibility), text=text)


def _attach(case: Case, upload: UploadedFile, *, by: Actor, visibility: Visibility, text: str) -> Status[Any]:
    try:
        staged = files.receive(upload, kinds=FileKind.PHOTO | FileKind.DOCUMENT)
    except RefusedFile as error:
        raise problems.invalid("#/file", error.message) from error
    except StorageFull as error:
        raise Problem(503, error.message) from error
    held = Attachment.objects.select_related("file").filter(case=case, file__sha256=staged.sha256, event__by=by.ref)
    if before := list(held):
        return Status(200, [writing.file(each) for each in before])
    with transaction.atomic():
        stored = files.keep(staged, by=by.ref)
        actions.attach(case, files=[(stored, staged.name)], by=by, visibility=visibility, text=text)
    return Status(201, [writing.file(each) for each in held.filter(file=stored)])


@server.get(
    "attachments/{uuid:uuid}", auth=needs(Scope.CASE_READ, acts=True), tags=TAGS, operation_id="attachment",
    summary=_("Leer un archivo"), description=_("Tal como se guardó, sin los datos ocultos de las fotos."),
    openapi_extra={"responses": {200: {"description": "OK", "content": {"*/*": {"schema": {}}}}}},
)  # fmt: skip
def attachment(request: HttpRequest, uuid: UUID) -> Any:
    held = Attachment.objects.select_related("file", "case").filter(uuid=uuid, file__state="kept").first()
    if held is None or not can_view_case(request.auth.user, held.case):  # type: ignore[attr-defined]
        raise problems.not_found()
    try:
        return respond(request, held.file)
    except MissingContent as error:
        raise problems.not_found() from error
