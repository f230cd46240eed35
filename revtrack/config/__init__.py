"""Read revtrack.toml into frozen dataclasses. Knows the file's keys and nothing of what they do.

Everything is optional. An unknown key is refused with the nearest known one, a wrong type with what was expected:
a setting that is silently ignored is a promise silently broken.
"""

from revtrack.config.reading import FILE_NAME, parse_config, read_config
from revtrack.config.settings import (
    AlertSettings,
    ArchiveSettings,
    BackfillSettings,
    Config,
    EvidenceSettings,
    FetchSettings,
    FleetSettings,
    MailSettings,
    ScheduleSettings,
    SiteRules,
    SourceSettings,
    VerdictSettings,
)
from revtrack.config.tables import refuse_unknown

__all__ = [
    "FILE_NAME",
    "AlertSettings",
    "ArchiveSettings",
    "BackfillSettings",
    "Config",
    "EvidenceSettings",
    "FetchSettings",
    "FleetSettings",
    "MailSettings",
    "ScheduleSettings",
    "SiteRules",
    "SourceSettings",
    "VerdictSettings",
    "parse_config",
    "read_config",
    "refuse_unknown",
]
