"""Dates and times of day as articles and their notes write them: found, masked, and resolved to an instant. Pure."""

from revtrack.moments.finding import find_moments, mask_moments
from revtrack.moments.moment import Moment, resolve
from revtrack.moments.names import month_named

__all__ = ["Moment", "find_moments", "mask_moments", "month_named", "resolve"]
