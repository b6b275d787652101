"""Looking into what was sent: what it is, whether it is whole, and what of it is kept."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from ventanilla.files import photos, rules
from ventanilla.files.enums import FileKind
from ventanilla.files.rules import MEGABYTE, Format, RefusedFile

MAX_UNPACKED = 100 * MEGABYTE
MAX_ENTRIES = 5_000
_CHUNK = 256 * 1024
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)


@dataclass(frozen=True)
class Examined:
    """What is kept of a file: photos are redrawn, texts are made UTF-8, the rest stays as it came."""

    content: bytes
    format: Format
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None


def examine(content: bytes, kinds: FileKind) -> Examined:
    """Judge a file by its content. Raises RefusedFile."""
    if not content:
        raise RefusedFile("empty")
    if rules.looks_like_photo(content):
        return _photo(content)
    if rules.looks_like_heic(content):
        raise RefusedFile("heic")
    if FileKind.DOCUMENT not in kinds:
        raise RefusedFile("web_page" if rules.looks_like_markup(content) else "not_a_photo")
    return _document(content)


def _photo(content: bytes) -> Examined:
    if len(content) > rules.PHOTO_LIMIT:
        raise RefusedFile("photo_too_big")
    photo = photos.redraw(content)
    return Examined(photo.content, rules.PHOTO, photo.width, photo.height, photo.thumbnail)


def _document(content: bytes) -> Examined:
    if content.startswith(b"%PDF-"):
        return Examined(_whole_pdf(content), rules.PDF)
    if content.startswith(b"PK\x03\x04"):
        return Examined(content, _office(content))
    if rules.looks_like_markup(content):
        raise RefusedFile("web_page")
    return Examined(_plain_text(content), rules.TEXT)


def _whole_pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        raise RefusedFile("damaged")
    if b"/Encrypt" in content:
        raise RefusedFile("encrypted")
    return content


def _plain_text(content: bytes) -> bytes:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RefusedFile("not_a_document")
    if any(c < " " and c not in "\t\r\n\f" for c in text):
        raise RefusedFile("not_a_document")
    return text.encode()


def _office(content: bytes) -> Format:
    """Which office document it is. It is unpacked to nowhere, counting, since its own sizes may lie."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _checked(archive)
    except _ZIP_ERRORS as error:
        raise RefusedFile("damaged") from error
    except RuntimeError as error:  # what zipfile says of a password
        raise RefusedFile("encrypted") from error


def _checked(archive: zipfile.ZipFile) -> Format:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise RefusedFile("unpacks_too_big")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise RefusedFile("macros")
    _unpack_counting(archive, entries)
    names = archive.namelist()
    mimetype = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    found = rules.office_format(names, mimetype)
    if found is None:
        raise RefusedFile("not_a_document")
    return found


def _unpack_counting(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    total = 0
    for entry in entries:
        with archive.open(entry) as inside:
            while chunk := inside.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise RefusedFile("unpacks_too_big")
