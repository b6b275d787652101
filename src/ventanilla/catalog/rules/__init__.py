"""Finding a type by the words people use, and the conditions of routing rules. Pure."""

from ventanilla.catalog.rules.finder import Entry, Index, entry, index, root, sound, stem

__all__ = ["Entry", "Index", "entry", "index", "root", "sound", "stem"]
