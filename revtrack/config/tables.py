"""Turn the tables of a TOML file into dataclasses, by their annotations. Knows no setting by its name."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from revtrack.errors import ConfigError

_LONGEST = 315_360_000.0  # seconds: ten years


def build(cls: type, table: Mapping[str, Any], *, prefix: str = "") -> Any:  # noqa: ANN401 - a dataclass of the given type
    """Return the dataclass that a table describes; `prefix` is what its keys are told with ("fetch.").

    Raises ConfigError for a key that is not known or missing, and for a value of another type than its annotation says.
    """
    known = {one.name: one for one in fields(cls)}
    refuse_unknown(table, known, prefix=prefix)
    kinds = get_type_hints(cls)
    values = {
        key: _convert(kinds[key], value, f"{prefix}{key}", is_shown=known[key].repr) for key, value in table.items()
    }
    for name, one in known.items():
        if name not in values and one.default is MISSING and one.default_factory is MISSING:
            raise ConfigError(f"{prefix}{name} is missing", key=f"{prefix}{name}")
    return cls(**values)


def refuse_unknown(table: Iterable[str], known: Collection[str], *, prefix: str = "") -> None:
    """Raise ConfigError for the first key of a table that is not known, with the nearest known one."""
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f": did you mean {prefix}{near[0]}?" if near else f" (known here: {', '.join(sorted(known))})"
            raise ConfigError(f"unknown setting {prefix}{key}{hint}", key=f"{prefix}{key}")


def _convert(kind: Any, value: Any, name: str, *, is_shown: bool) -> Any:  # noqa: ANN401 - any TOML value
    """Return a value as its annotation wants it. One that is a secret is not shown, not even where it is wrong."""
    inner = next(iter(get_args(kind)), None)
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(value, dict):
            raise ConfigError(f"{name} is a table: write [{name}]", key=name)
        return build(kind, value, prefix=f"{name}.")
    if is_dataclass(inner):
        if not isinstance(value, list):
            raise ConfigError(f"{name} is a list of tables: write [[{name}]]", key=name)
        return tuple(
            _convert(inner, item, f"{name}[{number}]", is_shown=is_shown) for number, item in enumerate(value, 1)
        )
    expected, fits, convert = _VALUES[kind if kind in _VALUES else get_origin(kind)]
    if not fits(value):
        raise ConfigError(f"{name} should be {expected}, not {repr(value) if is_shown else 'that'}", key=name)
    return convert(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _names_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _names_numbers(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_number, value.values()))


_VALUES: dict[Any, tuple[str, Callable[[object], bool], Callable[[Any], object]]] = {
    tuple: ("a list of texts", _are_texts, tuple),
    Mapping[str, str]: ("a table of texts", _names_texts, lambda value: MappingProxyType(dict(value))),
    Mapping[str, float]: ("a table of numbers, 0 or more", _names_numbers, lambda value: MappingProxyType(dict(value))),
    float: ("a number from 0 to 315,360,000 (ten years in seconds)", _is_number, float),
    int: ("a whole number, 0 or more", _is_count, int),
    bool: ("true or false", lambda value: isinstance(value, bool), bool),
    str: ("a text in quotes", lambda value: isinstance(value, str), str),
}
