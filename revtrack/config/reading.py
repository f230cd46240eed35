"""Read revtrack.toml: find the file, take paths in it from where it lies, and refuse what cannot be meant."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from revtrack.config.settings import ArchiveSettings, Config
from revtrack.config.tables import build
from revtrack.errors import ConfigError

FILE_NAME = "revtrack.toml"


def read_config(path: str | Path | None = None) -> Config:
    """Read a configuration file; without a path `./revtrack.toml` if there is one, else the defaults.

    Raises ConfigError for a file that is missing, is not TOML, or holds an unknown key or a wrong type.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.exists():
            return Config()
    config = _read_file(Path(path))
    config = replace(config, archive=_placed(config.archive, Path(path).parent))
    if config.note_rules:
        config = replace(config, note_rules=str(Path(path).parent / config.note_rules))
    if not config.site_rules:
        return config
    shared = _read_file(Path(path).parent / config.site_rules)
    if shared != Config(site=shared.site):
        raise ConfigError(f"{config.site_rules}: a file of site rules holds [[site]] tables alone", key="site_rules")
    return replace(config, site=config.site + shared.site)


def _placed(archive: ArchiveSettings, folder: Path) -> ArchiveSettings:
    """Return where the archive is as seen from here: a relative path is meant from the file that says it."""
    if not archive.location or "://" in archive.location or archive.location.startswith("~"):
        return archive
    ending = archive.location[-1:] if archive.location.endswith(("/", "\\")) else ""  # a folder
    return replace(archive, location=f"{folder / archive.location}{ending}")


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
    """Turn parsed TOML into settings. Raises ConfigError for what is not known, of a wrong type or cannot be meant."""
    config: Config = build(Config, tables)
    _check_numbers(config)
    _check_hosts(config)
    if config.home and not _HOME.fullmatch(config.home):
        why = f"home is the address of the published pages, like https://edits.example.org/, not {config.home!r}"
        raise ConfigError(why, key="home")
    return replace(config, home=f"{config.home.rstrip('/')}/") if config.home else config


def _check_numbers(config: Config) -> None:
    fleet = config.fleet
    if config.fetch.concurrency < 1 or config.fetch.timeout <= 0:
        raise ConfigError("fetch.concurrency and fetch.timeout must be more than 0", key="fetch.concurrency")
    if config.archive.keep_raw:
        config.archive.raw_age  # noqa: B018 - or its error
    if not (fleet.sites and fleet.passes and fleet.looks and 1 <= fleet.tick < 60):
        raise ConfigError("fleet.tick is 1 to 59 seconds; fleet.sites, passes and looks 1 or more", key="fleet.tick")
    if config.schedule.shortest > config.schedule.longest:
        raise ConfigError("schedule.shortest is longer than schedule.longest", key="schedule.shortest")


def _check_hosts(config: Config) -> None:
    for rules in config.site:
        if not _HOST.fullmatch(rules.host):
            why = f"site.host is the name of a host alone, like example.org, not {rules.host!r}"
            raise ConfigError(why, key="site.host")
    for place in config.fetch.allow:
        if _NO_PLACE.search(place):
            why = f"fetch.allow lists hosts, with or without a port, like 127.0.0.1:8080, not {place!r}"
            raise ConfigError(why, key="fetch.allow")


_HOST = re.compile(r"[^\s/:@?#*]+")
_HOME = re.compile(r"https?://[^\s/?#\\]+(?:/[^\s?#\\]*)?", re.IGNORECASE)
_NO_PLACE = re.compile(r"[\s/@?#*]|^$")
