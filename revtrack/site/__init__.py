"""The archive as a site of files: gathers what pages need, and writes them. Knows the archive and rendering."""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.site.writing import Workers, Written, write_site

__all__ = ["Workers", "Written", "write_site"]

__getattr__ = load_from(__name__, dict.fromkeys(__all__, "writing"))
