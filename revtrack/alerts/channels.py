"""Where messages go: what the settings name, each with a name that tells no secret. Opens nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath

from revtrack.config import AlertSettings
from revtrack.errors import BadURLError, ConfigError
from revtrack.rendering.visible import visible
from revtrack.urls import host_of

WITHIN = 10.0
"""How many seconds a channel may take over one message."""
ENVIRONMENT = "env:"
_APPRISE = "apprise:"


class Kind(StrEnum):
    """What takes a message; `environment` is not known before it is looked up."""

    WEBHOOK = "webhook"
    MAIL = "mail"
    COMMAND = "command"
    APPRISE = "apprise"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Channel:
    """Somebody who is told. `name` is shown and kept; `target` and `secret` are not."""

    name: str
    kind: Kind
    target: tuple[str, ...] = field(repr=False)
    secret: str = field(default="", repr=False)


class NotTakenError(Exception):
    """A channel did not take a message; `reason` says why without any secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def channels_of(alert: AlertSettings) -> tuple[Channel, ...]:
    """Return the channels of a rule, in their order. Raises ConfigError for what is no address."""
    found = [_read(address, alert) for address in alert.to]
    if alert.command:
        found.append(Channel(f"command {PurePath(visible(alert.command[0])).name}", Kind.COMMAND, alert.command))
    if not found:
        raise ConfigError(f"alert {alert.name!r} tells nobody: give it 'to' or 'command'", key="alert.to")
    return tuple(_numbered(found))


def _read(address: str, alert: AlertSettings) -> Channel:
    """Return a channel; the message of an error shows no more than where it stands."""
    text = address.strip()
    kind = _kind(text)
    if kind is None:
        place = f"alert {alert.name!r}: address {alert.to.index(address) + 1} of 'to'"
        known = "a URL, a mail address, a URL of Apprise, or env:NAME for one that the environment holds"
        raise ConfigError(
            f"{place} is none that is known: write {known}; a program belongs in command = ['…']", key="alert.to"
        )
    return Channel(_name(kind, text), kind, (text,), alert.secret)


def _kind(text: str) -> Kind | None:
    scheme = text.partition(":")[0].lower()
    if text.startswith(ENVIRONMENT) and len(text) > len(ENVIRONMENT):
        return Kind.ENVIRONMENT
    if scheme in ("http", "https"):
        return Kind.WEBHOOK
    if scheme == "mailto" and "://" not in text:
        return Kind.MAIL if "@" in text else None
    if "://" in text:
        return Kind.APPRISE
    return Kind.MAIL if "@" in text and " " not in text else None


def _name(kind: Kind, text: str) -> str:
    """Return a name that tells no secret: of a URL the host at most, of Apprise's the scheme, which is the service."""
    if kind is Kind.WEBHOOK:
        try:
            return f"webhook {host_of(text)}"
        except BadURLError:
            return "webhook"
    if kind is Kind.APPRISE:
        return f"apprise {visible(text.removeprefix(_APPRISE).partition('://')[0])}"
    if kind is Kind.MAIL:
        return f"mail {visible(text.removeprefix('mailto:').partition('?')[0])}"
    return visible(text)


def _numbered(channels: list[Channel]) -> Iterator[Channel]:
    """Yield channels with names of their own: the second of a name is "… 2"."""
    seen: dict[str, int] = {}
    for channel in channels:
        seen[channel.name] = seen.get(channel.name, 0) + 1
        n = seen[channel.name]
        yield channel if n == 1 else replace(channel, name=f"{channel.name} {n}")


def resolved(channel: Channel, environment: Mapping[str, str]) -> Channel:
    """Return a channel whose address and secret are those that the environment holds. Raises NotTakenError."""
    secret = look_up(channel.secret, environment)
    if channel.kind is not Kind.ENVIRONMENT:
        return replace(channel, secret=secret)
    address = look_up(channel.target[0], environment).strip()
    kind = _kind(address)
    if kind in (None, Kind.ENVIRONMENT):
        raise NotTakenError(f"what {channel.target[0]} holds is no address that is known")
    return Channel(channel.name, kind or Kind.WEBHOOK, (address,), secret)


def look_up(text: str, environment: Mapping[str, str]) -> str:
    """Return a setting, or what the environment holds for "env:NAME". Raises NotTakenError where it holds nothing."""
    if not text.startswith(ENVIRONMENT):
        return text
    found = environment.get(text.removeprefix(ENVIRONMENT), "")
    if not found:
        raise NotTakenError(f"the environment holds no {visible(text.removeprefix(ENVIRONMENT))}")
    return found
