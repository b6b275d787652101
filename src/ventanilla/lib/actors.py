"""Who does a thing: the reference that the trail keeps and the name that people read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """`ref` is `user:<uuid>`, `person:<uuid>`, `key:<prefix>`, `import:<source>`, `anonymous` or `system`.

    `label` is for people.
    """

    ref: str
    label: str = ""

    @property
    def is_staff(self) -> bool:
        return self.ref.startswith("user:")

    @property
    def is_system(self) -> bool:
        return self.ref == "system"


SYSTEM = Actor("system")
ANONYMOUS = Actor("anonymous")
