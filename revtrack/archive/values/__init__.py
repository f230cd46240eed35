"""The values that pass between an archive and those who ask it. Knows no database, and not what an archive does."""

from revtrack.archive.values.changes import Lifetime, LogEntry, NoteEntry, Only, Order, Selection
from revtrack.archive.values.counts import Habits, Health, LastLook, LetGo, Reach, SiteHealth
from revtrack.archive.values.derivations import Derivation, DerivedVersion, Rederived
from revtrack.archive.values.leaves import Leaf, OpenedLeaf
from revtrack.archive.values.looks import Lease, Look, Observation, OutdatedError, Recorded, Standing
from revtrack.archive.values.messages import Delivery, Message, News

__all__ = [
    "Delivery",
    "Derivation",
    "DerivedVersion",
    "Habits",
    "Health",
    "LastLook",
    "Leaf",
    "Lease",
    "LetGo",
    "Lifetime",
    "LogEntry",
    "Look",
    "Message",
    "News",
    "NoteEntry",
    "Observation",
    "Only",
    "OpenedLeaf",
    "Order",
    "OutdatedError",
    "Reach",
    "Recorded",
    "Rederived",
    "Selection",
    "SiteHealth",
    "Standing",
]
