"""What is taken, what is refused, and what is left of it."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.files.conftest import DOCX, ODS, ODT, PDF, XLSX, archive, picture, sent
from ventanilla.files import actions, contents, photos, rules
from ventanilla.files.enums import FileKind
from ventanilla.files.rules import RefusedFile
from ventanilla.files.storage import ORIGINAL, THUMBNAIL, Disk

BOTH = FileKind.PHOTO | FileKind.DOCUMENT


def refusal(content: bytes, name: str = "", kinds: FileKind = BOTH) -> str:
    with pytest.raises(RefusedFile) as caught:
        actions.receive(sent(content, name), kinds=kinds)
    assert str(caught.value.message).endswith(".")
    return caught.value.code


def content_of(staged: actions.Staged, disk: Disk, variant: str = ORIGINAL) -> bytes:
    with disk.open(staged.sha256, variant) as content:
        return content.read()


def kept_photo(content: bytes, disk: Disk) -> Image.Image:
    staged = actions.receive(sent(content))
    image = Image.open(BytesIO(content_of(staged, disk)))
    assert (staged.width, staged.height) == image.size
    return image


def test_a_photo_is_taken_with_its_thumbnail(disk: Disk) -> None:
    staged = actions.receive(sent(picture(size=(4000, 3000)), "foto.jpg"), kinds=FileKind.PHOTO)
    assert (staged.media_type, staged.name, staged.width, staged.height) == ("image/jpeg", "foto.jpg", 2000, 1500)
    assert Image.open(BytesIO(content_of(staged, disk, THUMBNAIL))).size == (320, 240)


@pytest.mark.parametrize("size", [(4032, 3024), (3000, 4000), (2049, 100), (8000, 6000), (1700, 1700)])
def test_a_photo_is_made_no_bigger_than_needed_nor_too_small(size: tuple[int, int]) -> None:
    staged = actions.receive(sent(picture(size=size)))
    assert staged.width is not None
    assert staged.height is not None
    assert 1600 <= max(staged.width, staged.height) <= 2048
    assert staged.width / staged.height == pytest.approx(size[0] / size[1], rel=0.02)


def _exif(**tags: object) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = tags.get("orientation", 1)
    exif[0x010F] = "Fabricante"
    exif.get_ifd(0x8825)[2] = (9.0, 56.0, 0.0)
    exif[0x8825] = {1: "N", 2: (9.0, 56.0, 1.0)}
    return exif.tobytes()


def test_no_metadata_is_kept(disk: Disk) -> None:
    sent_photo = picture(exif=_exif(), comment=b"en mi casa", icc_profile=b"perfil", xmp=b"<x>secreto</x>")
    assert Image.open(BytesIO(sent_photo)).getexif().get_ifd(0x8825)
    image = kept_photo(sent_photo, disk)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(disk: Disk, orientation: int) -> None:
    drawn = Image.new("RGB", (64, 48), "white")
    drawn.paste("red", (0, 0, 16, 12))  # red at the top left of the picture as it was seen
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = drawn.transpose(Image.Transpose(back[orientation])) if orientation in back else drawn
    out = BytesIO()
    stored.save(out, "JPEG", quality=95, exif=_exif(orientation=orientation))
    image = kept_photo(out.getvalue(), disk)
    assert image.size == (64, 48)
    red, _green, blue = image.getpixel((4, 4))  # type: ignore[misc]
    assert red > 200
    assert blue < 100


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "LA"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
        ("GIF", "P"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
    ],
)
def test_every_kind_of_picture_becomes_a_jpeg(disk: Disk, form: str, mode: str) -> None:
    image = kept_photo(picture(form, mode=mode, color=0), disk)
    assert (image.format, image.mode) == ("JPEG", "RGB")


def test_what_is_transparent_becomes_white(disk: Disk) -> None:
    assert kept_photo(picture("PNG", mode="RGBA", color=(0, 0, 0, 0)), disk).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_picture_is_kept(disk: Disk, form: str) -> None:
    frames = [Image.new("RGB", (60, 40), color) for color in ("red", "lime", "blue")]
    out = BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    red, green, _blue = kept_photo(out.getvalue(), disk).getpixel((5, 5))  # type: ignore[misc]
    assert red > 200 > green


def test_what_hides_behind_a_photo_is_gone(disk: Disk) -> None:
    polyglot = picture() + b"<script>alert(1)</script>" + archive({"virus.exe": b"MZ"})
    staged = actions.receive(sent(polyglot, "foto.jpg"))
    content = content_of(staged, disk)
    assert b"script" not in content
    assert b"PK\x03\x04" not in content


def test_the_same_photo_twice_lies_there_once(disk: Disk) -> None:
    first, second = (actions.receive(sent(picture(), name)) for name in ("a.jpg", "b.jpg"))
    assert first.sha256 == second.sha256
    for staged in (first, second):
        disk.place(staged.sha256, staged.ticket)
    assert disk.placed(first.sha256[:2]) == {first.sha256}
    assert not list(disk.staged())


def test_a_picture_cut_short_is_refused() -> None:
    whole = picture(size=(900, 900), color="red")
    assert refusal(whole[: len(whole) // 2]) == "damaged"
    assert refusal(picture("PNG", size=(900, 900))[:200]) == "damaged"


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 9000, 9000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
    assert refusal(bomb) == "too_many_pixels"
    huge = bomb.replace(chunk(b"IHDR", header), chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)))
    assert refusal(huge) in {"too_many_pixels", "damaged"}


@pytest.mark.parametrize("name", ["dibujo.svg", "foto.jpg", "nota.txt", ""])
@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b'<?xml version="1.0"?><svg/>',
        b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>",
        b"<HTML><body onload=alert(1)>",
        b"hola <script>alert(1)</script>",
        b"GIF98a<script>",
    ],
)
def test_web_pages_and_drawings_are_refused_whatever_they_are_called(content: bytes, name: str) -> None:
    assert refusal(content, name) == "web_page"
    assert refusal(content, name, FileKind.PHOTO) == "web_page"


def test_heic_says_what_to_do() -> None:
    assert refusal(b"\0\0\0\x18ftypheic" + bytes(100), "IMG_1.HEIC") == "heic"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "plano.pdf", "application/pdf"),
        ("Se apagó la luz\n".encode(), "nota.txt", "text/plain; charset=utf-8"),
        (DOCX, "carta.docx", rules.DOCX.media_type),
        (XLSX, "cuadro.xlsx", rules.XLSX.media_type),
        (ODT, "carta.odt", rules.ODT.media_type),
        (ODS, "cuadro.ods", rules.ODS.media_type),
    ],
)
def test_documents_are_taken_as_they_are(disk: Disk, content: bytes, name: str, media_type: str) -> None:
    staged = actions.receive(sent(content, name))
    assert (staged.media_type, staged.name, staged.width) == (media_type, name, None)
    assert content_of(staged, disk) == content


def test_old_texts_become_utf8(disk: Disk) -> None:
    staged = actions.receive(sent("Peña, 5 €".encode("cp1252"), "nota.txt"))
    assert content_of(staged, disk).decode() == "Peña, 5 €"


def test_documents_are_not_photos() -> None:
    assert refusal(PDF, "a.pdf", FileKind.PHOTO) == "not_a_photo"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (PDF[:60], "damaged"),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R/Root"), "encrypted"),
        (b"MZ\x90\0" + bytes(200), "not_a_document"),
        (b"\x7fELF\x02" + bytes(200), "not_a_document"),
        (archive({"x.exe": b"MZ"}), "not_a_document"),
        (archive({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "not_a_document"),
        (archive({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"}), "macros"),
        (DOCX[:-30], "damaged"),
        (DOCX[:40] + b"\xff\xff\xff" + DOCX[43:], "damaged"),
    ],
)
def test_what_is_no_sound_document_is_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_zip_bomb_is_refused() -> None:
    assert (
        refusal(archive({"[Content_Types].xml": b"", "word/document.xml": bytes(101 * 1024 * 1024)}))
        == "unpacks_too_big"
    )


def test_a_zip_that_lies_about_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MAX_UNPACKED", 100_000)
    honest = archive({"word/document.xml": bytes(200_000)})
    lying = honest.replace(struct.pack("<I", 200_000), struct.pack("<I", 500))
    assert lying != honest
    assert refusal(lying) == "damaged"


def test_a_zip_of_too_many_entries_is_refused() -> None:
    assert refusal(archive({f"{n}": b"" for n in range(5_001)})) == "unpacks_too_big"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (picture(), "factura.pdf"),
        (picture(), "foto.exe"),
        (picture(), "foto.jpg.html"),
        (PDF, "foto.jpg"),
        (DOCX, "carta.odt"),
        (b"hola", "hola.html"),
        (b"hola", "hola.bat"),
    ],
)
def test_a_file_that_calls_itself_something_else_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == "wrong_extension"


def test_a_photo_by_the_name_of_another_photo_format_is_taken() -> None:
    assert actions.receive(sent(picture("PNG"), "WhatsApp.JPEG")).name == "WhatsApp.jpg"


class Endless:
    name = "foto.jpg"

    def __init__(self) -> None:
        self.given = 0

    def chunks(self):  # type: ignore[no-untyped-def]
        while True:
            self.given += 65536
            yield bytes(65536)


@pytest.mark.parametrize(
    ("kinds", "code", "limit"),
    [
        (FileKind.PHOTO, "photo_too_big", rules.PHOTO_LIMIT),
        (BOTH, "document_too_big", rules.DOCUMENT_LIMIT),
    ],
)
def test_reading_stops_at_the_limit(kinds: FileKind, code: str, limit: int) -> None:
    endless = Endless()
    with pytest.raises(RefusedFile) as caught:
        actions.receive(endless, kinds=kinds)
    assert caught.value.code == code
    assert endless.given <= limit + 65536


def test_a_photo_over_ten_megabytes_is_refused_among_documents_too() -> None:
    assert refusal(picture() + bytes(rules.PHOTO_LIMIT)) == "photo_too_big"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\fotos\\luz.JPG", "luz.jpg"),
        ("a\0b\r\nc.jpg", "abc.jpg"),
        ("gpj.\u202efoto.jpg", "gpj.foto.jpg"),
        ("", "archivo.jpg"),
        ("..jpg", "archivo.jpg"),
        ('a"b<c>.jpg', "a b c.jpg"),
        ("Peña ñandú.jpg", "Peña ñandú.jpg"),
        ("x" * 500 + ".jpg", "x" * 100 + ".jpg"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert rules.safe_name(name, rules.PHOTO) == safe


@given(st.text())
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe = rules.safe_name(name, rules.PDF)
    assert safe.endswith(".pdf")
    assert not set(safe) & set('/\\\0\r\n"<>')
    assert len(safe) <= 120


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    st.sampled_from([picture(), picture("PNG"), picture("WEBP"), picture("GIF", mode="P", color=0), DOCX, PDF]),
    st.data(),
)
def test_a_damaged_file_is_taken_or_refused_but_never_an_error(content: bytes, data: st.DataObject) -> None:
    broken = bytearray(content[: data.draw(st.integers(0, len(content)))])
    for place in data.draw(st.lists(st.integers(0, max(len(broken) - 1, 0)), max_size=8)):
        broken[place : place + 1] = data.draw(st.binary(max_size=3))
    try:
        contents.examine(bytes(broken), BOTH)
    except RefusedFile as refused:
        if refused.code not in rules.MESSAGES:
            raise AssertionError(refused.code) from refused


def test_a_refused_file_leaves_nothing_behind(disk: Disk) -> None:
    refusal(b"<html>")
    assert not list(disk.staged())


def test_pixels_are_counted_before_drawing() -> None:
    assert photos.MAX_PIXELS == 50_000_000
