"""Django's wrapper for PostgreSQL, with our compiler, and a look at the connection that asks the server nothing."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "ventanilla.config.postgresql.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def is_usable(self) -> bool:
        """Whether the connection kept from the last request still stands.

        A server that goes says so, or the system does when it closes the socket: there is something to read on a
        connection on which nothing was asked. Django asks the server instead, at every request.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting, _writable, _troubled = select.select([self.connection.fileno()], [], [], 0)
        return not waiting
