"""The JSON Schema of a noun, read from its fields: what the API says of its answers. Knows the forms' rules alone."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from revtrack.forms import SCHEMA

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
}


class Schemas:
    """The schemas of the nouns asked for, and of all that they hold, each by its name."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def published(self, noun: type) -> Schema:
        """Return the schema of a noun that is published by itself: with its `schema` number."""
        return {"allOf": [self.of(noun), {"type": "object", "properties": {"schema": {"const": SCHEMA}}}]}

    def of(self, kind: Any) -> Schema:  # noqa: ANN401 - a type expression
        """Return the schema of a type: a noun by reference, everything else written out."""
        if kind in _PLAIN:
            return _PLAIN[kind]
        if get_origin(kind) is UnionType:
            arms = [self.of(arm) for arm in get_args(kind) if arm is not NoneType]
            return {"anyOf": [*arms, {"type": "null"}]}
        if get_origin(kind) is tuple:
            return self._array(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"type": "string", "enum": [member.value for member in kind]}
        if is_dataclass(kind):
            return self._noun(kind)  # type: ignore[arg-type]  # a class: the hints of a field are types
        raise TypeError(f"no form of {kind!r} is known")

    def _array(self, arms: tuple[Any, ...]) -> Schema:
        if arms[-1] is Ellipsis:
            return {"type": "array", "items": self.of(arms[0])}
        return {"type": "array", "prefixItems": [self.of(arm) for arm in arms], "minItems": len(arms)}

    def _noun(self, noun: type) -> Schema:
        name = noun.__name__
        if name not in self.named:
            self.named[name] = {}  # a noun may hold its own kind
            hints = get_type_hints(noun)
            shown = [field.name for field in fields(noun) if hints[field.name] not in {bytes, bytes | None}]
            self.named[name] = {
                "type": "object",
                "description": (noun.__doc__ or "").split("\n\n")[0],
                "properties": {field: self.of(hints[field]) for field in shown},
                "required": shown,
            }
        return {"$ref": f"#/components/schemas/{name}"}
