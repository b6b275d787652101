"""Trouble that whoever runs the installation can mend: each carries what to do."""

import errno

from ventanilla.lib import outages


class Trouble(RuntimeError):
    """Something the operator can mend. The text says what is wrong, `advice` what to do; both in Spanish."""

    def __init__(self, text: str, *, advice: str) -> None:
        super().__init__(text)
        self.advice = advice


def explained(error: BaseException) -> Trouble | None:
    """The trouble behind an exception, with its advice; None where it is a fault of ours."""
    if isinstance(error, Trouble):
        return error
    outage = outages.outage(error)
    if outage:
        return _OUTAGES[outage]
    if isinstance(error, PermissionError | NotADirectoryError) or getattr(error, "errno", None) == errno.EROFS:
        where = getattr(error, "filename", None) or "la carpeta de datos"
        return Trouble(f"No puedo escribir en {where}.", advice=f"Dele permiso al usuario: sudo chown -R $USER {where}")
    return None


_OUTAGES = {
    outages.Outage.DISK_FULL: Trouble(
        "El disco está lleno.", advice="Libere espacio (df -h) o mueva la carpeta de datos con --data."
    ),
    outages.Outage.LOCKED: Trouble(
        "La base de datos está ocupada por otro programa.",
        advice="Espere a que termine y repita la orden; si no termina, detenga el servicio: systemctl stop ventanilla",
    ),
    outages.Outage.UNREACHABLE: Trouble(
        "No puedo entrar a la base de datos.",
        advice="Revise DATABASE_URL y que PostgreSQL esté en marcha: pg_isready; systemctl status postgresql",
    ),
}
