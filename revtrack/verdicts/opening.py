"""Tell text that a gate had kept back from text that was written. Knows no gates: whoever sees both pages says so."""

from dataclasses import replace

from revtrack.model import Reason, Revision, Significance
from revtrack.verdicts.disclosing import conclude
from revtrack.verdicts.explaining import changed


def as_opened(revision: Revision) -> Revision:
    """Return a revision of which the new end is shown now and was kept back before, marked "opened".

    What came at or behind the last paragraph of the old text is minor and needs no note; what else was edited keeps
    its weight.
    """
    end = len(revision.diff.old.paragraphs) - 1
    reasons = tuple(
        _as_shown(reason) if _came_behind(reason, revision, end) else reason for reason in revision.verdict.reasons
    )
    told = tuple(sorted(reasons, key=lambda reason: -reason.significance.level))
    verdict = revision.verdict
    judged = conclude(told, events=(*verdict.events, "opened"), lag=verdict.lag)
    return replace(revision, verdict=replace(judged, age=verdict.age))


def _came_behind(reason: Reason, revision: Revision, end: int) -> bool:
    change = changed(reason, revision.diff.changes)
    return change is not None and change.new_paragraph is not None and change.new_paragraph >= end


def _as_shown(reason: Reason) -> Reason:
    return Reason(
        reason.feature,
        min(reason.significance, Significance.MINOR, key=lambda level: level.level),
        reason.where,
        reason.before,
        reason.after,
        change=reason.change,
    )
