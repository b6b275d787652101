"""What Django works out anew for every query although only the model decides it: remembered (ADR 0008).

That is how a model's columns are written in SELECT and how their values are read: about half of what writing the SQL
of a page costs. Nothing else is touched: of whatever isn't the columns of a model, Django's own compiler takes care.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models.expressions import Col, ColPairs
from django.db.models.fields import Field
from django.db.models.options import Options

if TYPE_CHECKING:
    from django.db.models.sql.compiler import SQLCompiler as _Compiler
else:
    _Compiler = object


class Written(Col):
    """A column of a SELECT list that knows how it is written."""

    def __init__(self, alias: str, target: Field[Any, Any], output_field: Field[Any, Any], written: str) -> None:
        super().__init__(alias, target, output_field)
        self.written = written

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """As it is: kept only for fields that say nothing of it."""
        return sql, params


@lru_cache(maxsize=2_000)
def columns(opts: Options[Any], alias: str, quoted: str, asked: tuple[int, ...]) -> tuple[Col, ...]:
    """The columns of a model under the name its table has in a query; only some, where their fields' ids are asked.

    One for all threads: both databases put a name in the same quotes, so no connection takes part.
    """
    fields = [field for field in opts.concrete_fields if not asked or id(field) in asked]
    return tuple(_column(field, alias, f'{quoted}."{field.column}"') for field in fields)


def _column(field: Any, alias: str, written: str) -> Col:
    plain: Col = field.get_col(alias)
    if type(plain.output_field).select_format is not Field.select_format:
        return plain
    return Written(alias, plain.target, plain.output_field, written)


class RemembersColumns(_Compiler):
    """Goes before a backend's own compiler."""

    def compile(self, node: Any) -> Any:
        return (node.written, []) if type(node) is Written else super().compile(node)

    def get_default_columns(
        self, select_mask: Any, start_alias: str | None = None, opts: Any = None, from_parent: Any = None
    ) -> list[Any]:
        opts = opts or self.query.get_meta()
        if opts is None or opts.parents or len(opts.pk_fields) > 1:
            return super().get_default_columns(select_mask, start_alias, opts, from_parent)
        alias = start_alias or self.query.get_initial_alias()
        quoted = self.quote_name_unless_alias(alias)
        return list(columns(opts, alias, quoted, tuple(map(id, select_mask))))

    def get_converters(self, expressions: Iterable[Any]) -> dict[int, Any]:
        listed, found = list(expressions), {}
        if any(isinstance(each, ColPairs) for each in listed):
            return super().get_converters(listed)
        for place, each in enumerate(listed):
            reading = self._reading(each) if type(each) is Written else super().get_converters([each]).get(0)
            if reading and reading[0]:
                found[place] = reading
        return found

    def _reading(self, column: Col) -> Any:
        """How a column's values are read: kept with the connection, whose functions they are."""
        known = self.connection.ops.__dict__.setdefault("readings", {})
        reading = known.get(id(column))
        if reading is None or reading[1] is not column:
            own = self.connection.ops.get_db_converters(column)
            reading = known[id(column)] = own + column.get_db_converters(self.connection), column
        return reading
