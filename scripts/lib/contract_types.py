"""Which types of a raw column can mean a type of the source contract."""

from __future__ import annotations

from scripts.lib.source_contract import ContractColumn

NUMERIC = frozenset({"integer", "bigint", "double"})
TEMPORAL = frozenset({"date", "timestamp"})
# What a raw type family cannot become; everything else is cast, row by row.
REFUSED = {
    "opaque": NUMERIC | TEMPORAL | {"varchar", "boolean"},
    "json": NUMERIC | TEMPORAL | {"boolean"},
    "boolean": TEMPORAL | {"double"},
    "date": NUMERIC | {"boolean"},
    "timestamp": NUMERIC | {"boolean"},
}


def is_castable(family: str, column: ContractColumn) -> bool:
    """Whether values of a raw type family can mean the contract's type at all."""
    if family == "nested":
        return column.is_json
    return column.data_type not in REFUSED.get(family, frozenset())


def type_family(data_type: str) -> str:
    """The family of a database type, as the staging macros see it."""
    name = data_type.lower().strip()
    if name.endswith("]") or name.startswith(("struct", "map", "array", "list", "union")):
        return "nested"
    if name == "time" or name.startswith(("blob", "binary", "bit", "interval", "time ")):
        return "opaque"
    if name.startswith("json"):
        return "json"
    for family, starts in (
        ("timestamp", ("timestamp", "datetime")),
        ("date", ("date",)),
        ("boolean", ("bool",)),
        ("number", ("decimal", "numeric", "double", "float", "real")),
    ):
        if name.startswith(starts):
            return family
    return "number" if "int" in name else "text"
