"""The archive in a browser: the same pages as the static site, live, and a JSON API. Reads; never writes."""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.web.application import create_app

__all__ = ["create_app"]

__getattr__ = load_from(__name__, {"create_app": "application"})
