"""The rules of [[alert]] as they are asked: condition, words, sources, channels and period, each read once."""

from dataclasses import dataclass
from difflib import get_close_matches
from importlib.util import find_spec

from revtrack.alerts.channels import Channel, Kind, channels_of
from revtrack.alerts.conditions import Condition, is_below, read_condition
from revtrack.alerts.findings import Finding
from revtrack.alerts.periods import Period, read_period
from revtrack.config import AlertSettings, Config
from revtrack.errors import ConfigError
from revtrack.urls import host_of

_SECURITIES = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `period` is None where messages go out at once."""

    settings: AlertSettings
    condition: Condition
    channels: tuple[Channel, ...]
    period: Period | None = None

    @property
    def name(self) -> str:
        """The name of the rule, which no other rule has."""
        return self.settings.name

    def fits(self, finding: Finding) -> bool:
        """Say whether a finding is to be told.

        Events beside revisions are asked about only where the condition names one of their kind, or there is none:
        "not disclosed" is no word about an article that is gone.
        """
        if finding.verdict is None and finding.event not in self.condition.events:
            return False
        return self._is_source(finding) and self.condition.test(finding) and self._is_worded(finding)

    def _is_source(self, finding: Finding) -> bool:
        sources, article = self.settings.sources, finding.article
        return not sources or any(
            article.source == source if "://" in source else is_below(host_of(article.url), source)
            for source in sources
        )

    def _is_worded(self, finding: Finding) -> bool:
        return not self.settings.words or any(map(finding.mentions, self.settings.words))


def read_rules(config: Config) -> tuple[Rule, ...]:
    """Read the rules of the settings. Raises ConfigError, naming the rule, for what cannot be understood."""
    rules = tuple(_read(alert) for alert in config.alert)
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"two alerts are called {name!r}: each needs a name of its own", key="alert.name")
    mailed = any(channel.kind is Kind.MAIL for rule in rules for channel in rule.channels)
    if mailed and not (config.mail.host and (config.mail.sender or config.mail.user)):
        raise ConfigError("an alert goes by mail: set host and sender under [mail]", key="mail.host")
    if any(channel.kind is Kind.APPRISE for rule in rules for channel in rule.channels) and not find_spec("apprise"):
        raise ConfigError("an alert goes by Apprise: pip install 'revtrack[notify]'", key="alert.to")
    if config.mail.security not in _SECURITIES:
        raise ConfigError(f"mail.security is one of {', '.join(_SECURITIES)}", key="mail.security")
    return rules


def need_rules(config: Config) -> tuple[Rule, ...]:
    """Read the rules, of which there must be one. Raises ConfigError."""
    rules = read_rules(config)
    if not rules:
        raise ConfigError("there is no [[alert]] in revtrack.toml yet; docs/alerts.md shows one", key="alert")
    return rules


def find_rule(rules: tuple[Rule, ...], name: str) -> Rule:
    """Return the rule of a name. Raises ConfigError with the nearest one."""
    found = next((rule for rule in rules if rule.name == name), None)
    if found is None:
        near = get_close_matches(name, [rule.name for rule in rules], n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {len(rules)} in revtrack.toml"
        raise ConfigError(f"there is no alert {name!r}: {hint}", key="alert.name")
    return found


def _read(alert: AlertSettings) -> Rule:
    if not alert.name.strip():
        raise ConfigError(
            "an alert has no name: messages and lists are to say which rule they come from", key="alert.name"
        )
    if alert.health and (alert.when or alert.words or alert.sources):
        raise ConfigError(
            f"alert {alert.name!r} is about health: when, words and sources are for findings", key="alert.health"
        )
    try:
        condition = read_condition(alert.when)
    except ConfigError as error:
        raise ConfigError(f"alert {alert.name!r}: when: {error}", key="alert.when") from None
    try:
        period = read_period(alert.digest) if alert.digest else None
    except ConfigError as error:
        raise ConfigError(f"alert {alert.name!r}: digest: {error}", key="alert.digest") from None
    return Rule(alert, condition, channels_of(alert), period)
