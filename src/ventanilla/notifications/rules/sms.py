"""Short messages: the GSM 7-bit alphabet (3GPP TS 23.038, section 6.2.1) and how many segments a text takes."""

from __future__ import annotations

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_PLAIN = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "…": "...", "\xa0": " "})


def is_gsm7(text: str) -> bool:
    return all(each in _BASIC or each in _EXTENDED for each in text)


def fold(text: str) -> str:
    """The text in the GSM alphabet as far as it goes: á becomes a; é, ñ, ¿ and ¡ stay, being in it.

    One letter outside the alphabet would cut a message from 160 characters to 70.
    """
    return "".join(_folded(each) for each in text.translate(_PLAIN))


def _folded(letter: str) -> str:
    if is_gsm7(letter):
        return letter
    bare = "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))
    return bare if bare and is_gsm7(bare) else letter


def segments(text: str) -> int:
    """How many messages the networks make of it: 160 septets or 70 UTF-16 units alone, 153 or 67 when joined."""
    if is_gsm7(text):
        size, alone, joined = sum(2 if each in _EXTENDED else 1 for each in text), 160, 153
    else:
        size, alone, joined = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if size <= alone else -(-size // joined)
