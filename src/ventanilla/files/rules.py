"""What a file is, judged by its content, and how it may be called. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MEGABYTE = 1024 * 1024
PHOTO_LIMIT = 10 * MEGABYTE
DOCUMENT_LIMIT = 20 * MEGABYTE
MAX_NAME = 100


class RefusedFile(Exception):
    """A file that isn't taken. `code` for machines; `message` says to the person what is wrong and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        return str(MESSAGES[self.code])


class StorageFull(Exception):
    """There is no room left for a file. Nothing of it was kept."""

    @property
    def message(self) -> str:
        return str(_("Ahora no podemos guardar archivos. No se perdió nada de lo que escribió: pruebe más tarde."))


class MissingContent(Exception):
    """A file's content isn't where it should be, or was erased."""


MESSAGES: dict[str, StrOrPromise] = {
    "empty": _("El archivo llegó vacío. Elíjalo otra vez."),
    "photo_too_big": _("La foto pesa más de 10 MB. Mande una más pequeña, o tómela otra vez con menos calidad."),
    "document_too_big": _("El documento pesa más de 20 MB. Mándelo en partes o con menos calidad."),
    "heic": _(
        "Su teléfono guardó la foto en el formato HEIC, que no podemos abrir. Mándela como JPEG: en un iPhone, "
        "Ajustes, Cámara, Formatos, «Más compatible»."
    ),
    "not_a_photo": _("Esto no es una foto que podamos abrir. Aceptamos JPEG, PNG, WebP y GIF."),
    "not_a_document": _(
        "No podemos recibir esta clase de archivo. Aceptamos PDF, fotos, texto sencillo y documentos de Word, Excel "
        "o LibreOffice."
    ),
    "damaged": _("El archivo está dañado o incompleto. Pruebe a mandarlo otra vez."),
    "too_many_pixels": _("La imagen tiene demasiados puntos para abrirla. Mándela con menos resolución."),
    "unpacks_too_big": _("El documento ocupa demasiado al abrirse. Guárdelo como PDF y mande el PDF."),
    "macros": _("El documento lleva programas dentro (macros). Guárdelo como PDF y mande el PDF."),
    "encrypted": _("El documento está protegido con contraseña. Mándelo sin contraseña."),
    "wrong_extension": _(
        "El nombre del archivo dice que es una cosa y por dentro es otra. Guárdelo de nuevo y mándelo otra vez."
    ),
    "web_page": _(
        "Es una página web o un dibujo con código dentro, y no podemos recibirla. Mande una captura o un PDF."
    ),
}


@dataclass(frozen=True)
class Format:
    """A file format we take: its media type, the extension it is given, and those it may come with."""

    media_type: str
    extension: str
    known_as: frozenset[str]
    is_photo: bool = False


_PHOTO_NAMES = frozenset({"jpg", "jpeg", "jfif", "png", "webp", "gif"})
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OASIS = "application/vnd.oasis.opendocument"

# Phones and messengers often give a photo the name of another photo format: that is taken.
PHOTO = Format("image/jpeg", "jpg", _PHOTO_NAMES, is_photo=True)
PDF = Format("application/pdf", "pdf", frozenset({"pdf"}))
TEXT = Format("text/plain; charset=utf-8", "txt", frozenset({"txt"}))
DOCX = Format(f"{_OPEN_XML}.wordprocessingml.document", "docx", frozenset({"docx"}))
XLSX = Format(f"{_OPEN_XML}.spreadsheetml.sheet", "xlsx", frozenset({"xlsx"}))
ODT = Format(f"{_OASIS}.text", "odt", frozenset({"odt"}))
ODS = Format(f"{_OASIS}.spreadsheet", "ods", frozenset({"ods"}))

_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|\?xml|iframe|math|img|a\s)", re.IGNORECASE)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def looks_like_photo(content: bytes) -> bool:
    """Whether the first bytes are those of JPEG, PNG, GIF or WebP."""
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    )


def looks_like_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def looks_like_markup(content: bytes) -> bool:
    """HTML, SVG or XML at the beginning, whatever it is called."""
    return bool(_MARKUP.search(content[:1024]))


def office_format(names: Iterable[str], mimetype: str) -> Format | None:
    """Which office document a ZIP is, by its entries and the content of its `mimetype` entry."""
    held = set(names)
    if mimetype == ODT.media_type:
        return ODT
    if mimetype == ODS.media_type:
        return ODS
    if "[Content_Types].xml" in held:
        return DOCX if "word/document.xml" in held else XLSX if "xl/workbook.xml" in held else None
    return None


def extension_of(name: str) -> str:
    """The extension in lower case without its dot; empty where there is none."""
    stem, dot, extension = name.strip().rpartition(".")
    return extension.lower() if dot and stem and len(extension) <= 8 else ""


def check_extension(name: str, is_of: Format) -> None:
    """Raises RefusedFile where a file calls itself something that it isn't. No extension says nothing."""
    extension = extension_of(name)
    if extension and extension not in is_of.known_as:
        raise RefusedFile("wrong_extension")


def safe_name(name: str, is_of: Format) -> str:
    """The name without folders, control and direction characters, with the extension of what it is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem = plain.rpartition(".")[0] if extension_of(plain) else plain
    stem = re.sub(r'[<>:"|?*\s]+', " ", stem).strip(" .")[:MAX_NAME].strip(" .")
    return f"{stem or 'archivo'}.{is_of.extension}"
