"""Read revtrack.toml into frozen dataclasses. Knows the file's keys and nothing of what they do.

Everything is optional. An unknown key is refused with the nearest known one, a wrong type with what was expected:
a setting that is silently ignored is a promise silently broken.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from revtrack.errors import ConfigError

FILE_NAME = "revtrack.toml"
_LONGEST = 315_360_000.0


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Where the archive is: a path or URL, or "" for the default place; `wait` in seconds for a lock."""

    location: str = ""
    wait: float = 10.0


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched.

    `contact` (a mail address or URL) goes into the User-Agent. `gap` is the least time in seconds between two requests
    to a host. `timeout` is the limit of a whole fetch in seconds, redirects included. `allow` lists private addresses
    that may be fetched, as "host:port" or "host". `connect_to` sends requests for one "host:port" to another, as curl's
    option of that name does. `robots` overrides robots.txt for a host, with the reason, which is recorded.
    `concurrency` bounds the requests in flight over all hosts.
    """

    contact: str = ""
    gap: float = 10.0
    timeout: float = 25.0
    max_wire_bytes: int = 8 << 20
    max_decoded_bytes: int = 16 << 20
    max_redirects: int = 10
    concurrency: int = 10
    allow: tuple[str, ...] = ()
    connect_to: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    robots: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """When articles are looked at again: bounds in seconds, and the share of an article's age to wait."""

    shortest: float = 300.0
    longest: float = 86_400.0
    share: float = 0.12
    sources: float = 900.0


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What a person says of a site's pages, in CSS selectors; for pages that are read wrongly without.

    They hold for `host` and the hosts below it ("example.org" for "www.example.org"). `body` selects what holds the
    article's text, `drop` what is no part of the page, `headline` the headline, `note` what is always a publisher's
    note. Each is a list of selectors; one that is empty leaves the matter to the general rules.
    """

    host: str
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    note: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, as read from one file or by default.

    `site` holds the rules of sites; `site_rules` names a file of further ones, so that people can share them.
    """

    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    site: tuple[SiteRules, ...] = ()
    site_rules: str = ""


def read_config(path: str | Path | None = None) -> Config:
    """Read a configuration file; without a path `./revtrack.toml` if there is one, else the defaults.

    Raises ConfigError for a file that is missing, is not TOML, or holds an unknown key or a wrong type.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.exists():
            return Config()
    config = _read_file(Path(path))
    if not config.site_rules:
        return config
    shared = _read_file(Path(path).parent / config.site_rules)
    if shared != Config(site=shared.site):
        raise ConfigError(f"{config.site_rules}: a file of site rules holds [[site]] tables alone", key="site_rules")
    return replace(config, site=config.site + shared.site)


def _read_file(path: Path) -> Config:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the configuration {path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    try:
        return parse_config(tables)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}", key=error.key) from error


def parse_config(tables: Mapping[str, Any]) -> Config:
    """Turn parsed TOML into settings, refusing what is not known."""
    config: Config = _build(Config, tables, prefix="")
    if config.fetch.concurrency < 1 or config.fetch.timeout <= 0:
        raise ConfigError("fetch.concurrency and fetch.timeout must be more than 0", key="fetch.concurrency")
    if config.schedule.shortest > config.schedule.longest:
        raise ConfigError("schedule.shortest is longer than schedule.longest", key="schedule.shortest")
    return config


def _build(cls: type, table: Mapping[str, Any], *, prefix: str) -> Any:  # noqa: ANN401 - a dataclass of the given type
    hints = get_type_hints(cls)
    known = {f.name for f in fields(cls)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f": did you mean {prefix}{near[0]!s}?" if near else f" (known here: {', '.join(sorted(known))})"
            raise ConfigError(f"unknown setting {name}{hint}", key=name)
        values[key] = _convert(hints[key], value, name)
    for needed in fields(cls):
        if needed.name not in values and needed.default is MISSING and needed.default_factory is MISSING:
            raise ConfigError(f"{prefix}{needed.name} is missing", key=f"{prefix}{needed.name}")
    return cls(**values)


def _convert(kind: Any, value: Any, name: str) -> Any:  # noqa: ANN401 - any TOML value
    inner = next(iter(get_args(kind)), None)
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(value, dict):
            raise ConfigError(f"{name} is a table: write [{name}]", key=name)
        return _build(kind, value, prefix=f"{name}.")
    if is_dataclass(inner):
        if not isinstance(value, list):
            raise ConfigError(f"{name} is a list of tables: write [[{name}]]", key=name)
        return tuple(_convert(inner, item, f"{name}[{number}]") for number, item in enumerate(value, 1))
    expected, fits, convert = _VALUES[get_origin(kind) or kind]
    if not fits(value):
        raise ConfigError(f"{name} should be {expected}, not {value!r}", key=name)
    return convert(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _names_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


_VALUES: dict[Any, tuple[str, Callable[[object], bool], Callable[[Any], object]]] = {
    tuple: ("a list of texts", _are_texts, tuple),
    Mapping: ("a table of texts", _names_texts, lambda value: MappingProxyType(dict(value))),
    float: ("a number from 0 to 315,360,000 (ten years in seconds)", _is_number, float),
    int: ("a whole number, 0 or more", _is_count, int),
    str: ("a text in quotes", lambda value: isinstance(value, str), str),
}
