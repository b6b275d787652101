"""The database itself refuses to change or remove what the trail says.

Installed after every migrate, for SQLite's way of altering a table (make a new one, copy, rename) drops them silently.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

FUNCTION = "audit_refuse"
MESSAGE = "the trail is append-only"
_FUNCTION_BODY = f" BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END "
_BACKWARDS = (
    "NEW.count < OLD.count OR NEW.chain <> OLD.chain OR (NEW.count = OLD.count AND NEW.last_hash <> OLD.last_hash)"
)


@dataclass(frozen=True)
class Trigger:
    """A refusal: of whole statements, or of rows where `when` says so."""

    table: str
    events: tuple[str, ...]
    when: str = ""

    def name(self, event: str = "") -> str:
        return f"{self.table}_refuse_{event.lower() or 'change'}" + ("_back" if self.when else "")


TRIGGERS = (
    Trigger("audit_trailentry", ("DELETE", "UPDATE")),
    Trigger("audit_anchor", ("DELETE", "UPDATE")),
    Trigger("audit_chainhead", ("DELETE",)),
    Trigger("audit_chainhead", ("UPDATE",), when=_BACKWARDS),
)


def sqlite_sql() -> dict[str, str]:
    """The statement that makes each trigger, by its name."""
    return {
        trigger.name(event): (
            f"CREATE TRIGGER {trigger.name(event)} BEFORE {event} ON {trigger.table} FOR EACH ROW"
            f"{f' WHEN {trigger.when}' if trigger.when else ''} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        for trigger in TRIGGERS
        for event in trigger.events
    }


def postgresql_sql() -> dict[tuple[str, str], str]:
    """The statement that makes each trigger, by its table and name."""
    made = {}
    for trigger in TRIGGERS:
        events = trigger.events if trigger.when else (*trigger.events, "TRUNCATE")
        level = f"ROW WHEN ({trigger.when})" if trigger.when else "STATEMENT"
        made[trigger.table, trigger.name()] = (
            f"CREATE TRIGGER {trigger.name()} BEFORE {' OR '.join(events)} ON {trigger.table}"
            f" FOR EACH {level} EXECUTE FUNCTION {FUNCTION}()"
        )
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew. Does nothing where the tables aren't there (yet)."""
    if "audit_anchor" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, sql in sqlite_sql().items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(sql)
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_FUNCTION_BODY}$$"
            )
            for (table, name), sql in postgresql_sql().items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(sql)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that are absent, switched off or not as we make them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = dict(cursor.fetchall())
            return [name for name, sql in sqlite_sql().items() if found.get(name) != sql]
        return _missing_on_postgresql(cursor)


def _missing_on_postgresql(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgenabled = 'O' AND p.proname = %s AND p.prosrc = %s AND c.relname LIKE 'audit_%%'",
        [FUNCTION, _FUNCTION_BODY],
    )
    found = {(table, name): _plain(definition) for table, name, definition in cursor.fetchall()}
    return [key[1] for key, sql in postgresql_sql().items() if found.get(key) != _plain(sql)]


def _plain(definition: str) -> list[str]:
    """The words of a definition without what PostgreSQL adds: schema, parentheses, casts."""
    bare = re.sub(r"\b\w+\.(?=audit_)|::text", "", definition.lower())
    return re.sub(r"[()]", " ", bare).split()
