"""A mypy plugin: on a table's class a field is a column, ``Task.due_on <= day`` is SQL and not a bool.

SQLModel declares fields as plain values, which is right for rows only; without this every query
needs ``col()`` around every column.
"""

from collections.abc import Callable

from mypy.nodes import TypeInfo, Var
from mypy.plugin import AttributeContext, FunctionContext, Plugin
from mypy.types import CallableType, Instance, Type, TypeType, get_proper_type
from mypy.types_utils import remove_optional

COLUMN = "sqlalchemy.orm.attributes.InstrumentedAttribute"
COL = "sqlmodel.sql.expression.col"
TABLE = "sqlmodel.main.SQLModel"


class Columns(Plugin):
    """Gives the fields of a table's class the type that SQLAlchemy gives them at run time.

    Every SQLModel is taken for a table: forms are pydantic's own, and mypy's cache forgets ``table=True``.
    """

    def get_class_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        name = fullname.rpartition(".")[2]
        return None if name.startswith("_") else lambda context: self._column(name, context)

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return _col if fullname == COL else None

    def _column(self, name: str, context: AttributeContext) -> Type:
        table = _class(context.type)
        column = self.lookup_fully_qualified(COLUMN)
        if table is None or column is None or not isinstance(column.node, TypeInfo):
            return context.default_attr_type
        if not table.has_base(TABLE):
            return context.default_attr_type
        field = table.get(name)
        if field is None or not isinstance(field.node, Var) or field.node.is_classvar:
            return context.default_attr_type
        content = context.default_attr_type
        # An id is None only before its row is stored; what a query reads is stored.
        return Instance(column.node, [remove_optional(content) if name == "id" else content])


def _class(accessed: Type) -> TypeInfo | None:
    """The class whose attribute is read, from the type of the expression before the dot."""
    proper = get_proper_type(accessed)
    if isinstance(proper, CallableType):
        proper = get_proper_type(proper.ret_type)
    elif isinstance(proper, TypeType):
        proper = get_proper_type(proper.item)
    return proper.type if isinstance(proper, Instance) else None


def _col(context: FunctionContext) -> Type:
    """``col(Task.id)``: still allowed, adds nothing."""
    given = get_proper_type(context.arg_types[0][0])
    is_column = isinstance(given, Instance) and given.type.fullname == COLUMN
    return given if is_column else context.default_return_type


def plugin(version: str) -> type[Plugin]:
    """Where mypy looks."""
    return Columns
