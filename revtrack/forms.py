"""The JSON forms of the nouns, out and in. Knows the model and nothing else.

A form is the noun's fields as they are called in Python: enumerations as their values, times as
"2024-11-21T10:05:00Z", tuples as lists. What is published carries `"schema": 1`; a reader ignores keys it does not
know, so that fields can be added without a new number. Bodies of snapshots are bytes and never part of a form.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from itertools import islice
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

SCHEMA = 1
_BYTES = frozenset({"body", "decoded"})
_PLAIN = frozenset({str, int, float, bool, NoneType})

T = TypeVar("T")
Read = Callable[[Any], Any]


def to_form(value: object) -> Any:  # noqa: ANN401 - JSON has no better type
    """Return a noun, or any tuple or mapping of nouns, as plain JSON values."""
    if type(value) in _PLAIN:  # nearly all that a story is made of
        return value
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {name: to_form(getattr(value, name)) for name in _names(type(value))}  # type: ignore[arg-type]  # a class is hashable
    if isinstance(value, Mapping):
        return {str(key): to_form(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_form(item) for item in value]
    return iso(value) if isinstance(value, datetime) else value


@cache
def _names(cls: Any) -> tuple[str, ...]:  # noqa: ANN401 - a dataclass, which typing cannot name
    return tuple(f.name for f in fields(cls) if f.name not in _BYTES)


def publish(value: object) -> str:
    """Return the published JSON text of a noun or a list of nouns, each with its schema number first.

    The text is pure ASCII, so that no control or direction character of a page reaches a terminal.
    """
    return "".join(published(value))


def published(value: object) -> Iterator[str]:
    """Yield the text of `publish` in pieces of some ten thousand characters: a long text takes no memory."""
    form = to_form(value)
    form = [_numbered(item) for item in form] if isinstance(form, list) else _numbered(form)
    pieces = json.JSONEncoder(ensure_ascii=True, indent=2).iterencode(form)
    while several := "".join(islice(pieces, 1000)):
        yield several


def _numbered(form: Any) -> Any:  # noqa: ANN401 - JSON has no better type
    return {"schema": SCHEMA, **form} if isinstance(form, dict) else form


def from_form(cls: type[T], form: Any) -> T:  # noqa: ANN401 - JSON has no better type
    """Build a noun from its form. Unknown keys are ignored, missing ones keep their defaults."""
    readers = _readers(cls)  # type: ignore[arg-type]  # a class is hashable
    return cls(**{key: readers[key](item) for key, item in form.items() if key in readers})


def iso(moment: datetime) -> str:
    """Return an aware time in UTC to the second, as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Read what `iso` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


@cache
def _readers(cls: Any) -> dict[str, Read]:  # noqa: ANN401 - a dataclass, which typing cannot name
    """Return how each field of a noun is read, found out once: to ask its type at every value is most of the work."""
    hints = get_type_hints(cls)
    return {f.name: _reader(hints[f.name]) for f in fields(cls)}


def _reader(kind: Any) -> Read:  # noqa: ANN401 - a type expression
    if get_origin(kind) is UnionType:
        kind = next(arm for arm in get_args(kind) if arm is not NoneType)
    if get_origin(kind) is tuple:
        return _tuple_reader(get_args(kind))
    if is_dataclass(kind):
        return lambda form: None if form is None else from_form(kind, form)  # type: ignore[arg-type]  # a class
    if kind is datetime:
        return lambda form: None if form is None else moment(form)
    if issubclass(kind, Enum):
        return lambda form: None if form is None else kind(form)
    return _as_it_is


def _as_it_is(form: Any) -> Any:  # noqa: ANN401 - a JSON value
    return form


def _tuple_reader(arms: tuple[Any, ...]) -> Read:
    if arms[-1] is Ellipsis:
        read = _reader(arms[0])
        return lambda form: None if form is None else tuple(map(read, form))
    reads = [_reader(arm) for arm in arms]
    return lambda form: None if form is None else tuple(read(item) for read, item in zip(reads, form, strict=True))
