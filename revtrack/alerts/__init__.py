"""Who is told of what, and how: rules of [[alert]] over what was recorded, and an outbox that is emptied after a pass.

rules = read_rules(settings)
begin(archive, rules, settings, now=now)              # before a pass
gather(archive, rules, settings, now=now)             # after it: messages, kept with what they tell of
send_due(archive, rules, settings, clock=…, environment=os.environ)
"""

from revtrack.alerts.gathering import begin, findings_between, gather
from revtrack.alerts.rules import Rule, find_rule, need_rules, read_rules
from revtrack.alerts.sending import Attempt, send_due

__all__ = [
    "Attempt",
    "Rule",
    "begin",
    "find_rule",
    "findings_between",
    "gather",
    "need_rules",
    "read_rules",
    "send_due",
]
