"""Spanish text as machines compare it."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9ñ]+")


class _WithoutMarks(dict[int, int | None]):
    """What `str.translate` makes of a letter: itself, or nothing of an accent that stands apart."""

    def __missing__(self, code: int) -> int | None:
        if not unicodedata.combining(chr(code)):
            return code  # not kept: only the marks are few
        self[code] = None
        return None


_WITHOUT_MARKS = _WithoutMarks((code, code) for code in range(0x300))


def fold(text: str) -> str:
    """Lower case without accents; ñ stays a letter of its own; white space becomes single spaces."""
    kept = text.lower().replace("ñ", "\0")
    if not kept.isascii():
        kept = unicodedata.normalize("NFKD", kept).translate(_WITHOUT_MARKS)
    return " ".join(kept.replace("\0", "ñ").split())


def printable(text: str) -> str:
    """The text without what no database stores: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def words(text: str) -> list[str]:
    """The folded words of a text, in order, punctuation left out."""
    return _WORD.findall(fold(text))
