"""Who may change the official calendar and the legal terms."""

from typing import Any

from ventanilla.accounts.enums import Permission
from ventanilla.organization.permissions import access_of


def can_edit_calendar(user: Any) -> bool:
    """Whether the user keeps the municipality's catalogue, and with it its days and terms."""
    return access_of(user).may(Permission.CATALOG_EDIT)
