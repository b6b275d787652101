"""Photos are drawn anew: what comes out is ours, without metadata, upright and no bigger than needed."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from ventanilla.files.rules import RefusedFile

if TYPE_CHECKING:
    from PIL import Image

SIDE = 2048
ENOUGH = 1600
"""A JPEG bigger than 2048 may come out smaller than that, but not smaller than this."""
THUMBNAIL_SIDE = 320
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True)
class Photo:
    """A JPEG and its thumbnail; sizes in pixels."""

    content: bytes
    width: int
    height: int
    thumbnail: bytes


def redraw(content: bytes) -> Photo:
    """A clean JPEG of at most 2048 pixels a side from a JPEG, PNG, WebP or GIF; of an animation, its first picture.

    Raises RefusedFile where it can't be opened, is cut short or has too many pixels.
    """
    try:
        image = _drawn(content)
    except RefusedFile:
        raise
    except Exception as error:  # hostile images make decoders raise nearly anything
        raise RefusedFile("damaged") from error
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Photo(_jpeg(image), image.width, image.height, _jpeg(small))


def _drawn(content: bytes) -> Image.Image:
    from PIL import Image

    with Image.open(BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise RefusedFile("too_many_pixels")
        _decode_smaller(image)
        turns = _turns(image)
        image.load()
        flat = _flat(image)
        flat.thumbnail((SIDE, SIDE))
        for turn in turns:
            flat = flat.transpose(turn)
        return flat


def _decode_smaller(image: Image.Image) -> None:
    """Lets a big JPEG be decoded at a half, a quarter or an eighth: less memory and time."""
    shrink = ENOUGH / max(image.size)
    if shrink < 1:
        image.draft("RGB", (int(image.width * shrink), int(image.height * shrink)))


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency, on white."""
    from PIL import Image

    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    solid = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(solid, mask=solid.getchannel("A"))
    return paper


def _turns(image: Image.Image) -> tuple[Image.Transpose, ...]:
    """What sets the picture upright, as the camera noted; a broken note turns nothing."""
    from PIL import ExifTags, Image

    turns: dict[object, tuple[Image.Transpose, ...]] = {
        2: (Image.Transpose.FLIP_LEFT_RIGHT,),
        3: (Image.Transpose.ROTATE_180,),
        4: (Image.Transpose.FLIP_TOP_BOTTOM,),
        5: (Image.Transpose.TRANSPOSE,),
        6: (Image.Transpose.ROTATE_270,),
        7: (Image.Transpose.TRANSVERSE,),
        8: (Image.Transpose.ROTATE_90,),
    }
    try:
        return turns.get(image.getexif().get(ExifTags.Base.Orientation), ())
    except Exception:
        return ()


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.info.clear()  # comments in it would be written along
    image.save(out, "JPEG", quality=85, progressive=True)
    return out.getvalue()
