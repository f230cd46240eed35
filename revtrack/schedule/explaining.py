"""Say in words why the next look at an article comes when it does. Pure."""

from datetime import datetime, timedelta

from revtrack.config import ScheduleSettings
from revtrack.schedule.expecting import EVEN, Prior, expect
from revtrack.schedule.history import History
from revtrack.schedule.planning import why_over

_QUIET_HOUR = 0.5
_UNITS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))


def explain(history: History, now: datetime, settings: ScheduleSettings, prior: Prior | None = None) -> str:
    """Return the reason in a few words, what weighs most first; `now` is the time the plan was made at."""
    if over := why_over(history, now, settings):
        return f"retired: {over}"
    if history.not_before and history.not_before > now:
        return f"the server asked us to wait until {history.not_before:%Y-%m-%d %H:%M} UTC"
    if history.unsure:
        return "a second look at a doubtful result"
    if history.troubles:
        return f"{_counted(history.troubles, 'failed look')} in a row: the wait doubles with each"
    if history.gone:
        return "its page is gone: looked for once a day"
    return _expected(history, now, prior or Prior())


def _expected(history: History, now: datetime, prior: Prior) -> str:
    outlook = expect(history, now.timestamp(), prior)
    if history.changed is None:
        said = f"published {_ago(now - history.born)}, unchanged since"
    else:
        often = "once" if history.changes == 1 else f"{history.changes} times"
        said = f"edited {often}, {'last ' if history.changes > 1 else ''}{_ago(now - history.changed)}"
    if outlook.following(now.timestamp()) > outlook.own(now.timestamp()):
        said += ": more edits often follow soon"
    if prior.hours is not EVEN and prior.hours[now.hour] < _QUIET_HOUR:
        said += "; few edits at this hour here"
    return said


def _ago(age: timedelta) -> str:
    for name, unit in _UNITS:
        if age >= unit:
            return f"{_counted(age // unit, name)} ago"
    return "just now"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
