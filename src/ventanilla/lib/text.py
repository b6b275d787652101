"""Spanish text as machines compare it."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9ñ]+")


def fold(text: str) -> str:
    """Lower case without accents; ñ stays a letter of its own; white space becomes single spaces."""
    kept = text.lower().replace("ñ", "\0")
    plain = "".join(c for c in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(c))
    return " ".join(plain.replace("\0", "ñ").split())


def printable(text: str) -> str:
    """The text without what no database stores: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def words(text: str) -> list[str]:
    """The folded words of a text, in order, punctuation left out."""
    return _WORD.findall(fold(text))
