"""The captures that ship with revtrack, and a loopback server that publishes them as a news site would.

Knows nothing of tracking: whatever looks at this site sees what a reader would have seen at the time given.
"""

from revtrack.demo.captures import Capture, load_captures
from revtrack.demo.newsroom import Newsroom

__all__ = ["Capture", "Newsroom", "load_captures"]
