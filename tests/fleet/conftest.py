"""The fleet's tests want its job engine."""

import pytest


@pytest.fixture(autouse=True)
def engine():
    """The engine, or no test."""
    return pytest.importorskip("procrastinate")
