"""When to look at an article again, which of those due come first, and when it is let go. Pure: no clock, no chance.

>>> from dataclasses import replace
>>> from datetime import UTC, datetime, timedelta
>>> from revtrack.config import ScheduleSettings
>>> noon = datetime(2024, 11, 20, 12, tzinfo=UTC)
>>> quiet = History(article_id=1, born=noon - timedelta(days=9), watched=noon - timedelta(days=9), seen=noon)
>>> explain(quiet, noon, ScheduleSettings())
'published 9 days ago, unchanged since'
>>> edited = replace(quiet, changes=2, changed=noon - timedelta(minutes=12))
>>> explain(edited, noon, ScheduleSettings())
'edited 2 times, last 12 minutes ago: more edits often follow soon'
>>> next_look(edited, noon, ScheduleSettings()) < next_look(quiet, noon, ScheduleSettings())
True
"""

from revtrack.schedule.budgets import are_believable, choose, in_turn, urgency
from revtrack.schedule.expecting import Outlook, Prior, expect
from revtrack.schedule.explaining import explain
from revtrack.schedule.history import History
from revtrack.schedule.learning import Watched, learn
from revtrack.schedule.planning import JITTER, interval, next_look, spread, why_over
from revtrack.schedule.turns import Turns, by_host, read_ahead, turns_of

__all__ = [
    "JITTER",
    "History",
    "Outlook",
    "Prior",
    "Turns",
    "Watched",
    "are_believable",
    "by_host",
    "choose",
    "expect",
    "explain",
    "in_turn",
    "interval",
    "learn",
    "next_look",
    "read_ahead",
    "spread",
    "turns_of",
    "urgency",
    "why_over",
]
