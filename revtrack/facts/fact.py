"""What one fact is: its kind, its canonical form and where it stands. Knows nothing of how facts are read."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a fact is about."""

    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    NAME = "name"
    QUOTE = "quote"
    NEGATION = "negation"
    HEDGE = "hedge"
    STATE = "state"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact at characters `start` to `end` of the text it was read in; `value` is its canonical form."""

    kind: FactKind
    value: str
    text: str
    start: int
    end: int
