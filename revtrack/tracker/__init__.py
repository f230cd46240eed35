"""The pipeline: due → fetch → observe → record. Brings `observing` what it needs, and records what it says."""

from revtrack.tracker.passes import OpenFetcher, Tracker

__all__ = ["OpenFetcher", "Tracker"]
