"""Import what a package offers when it is first asked for. Knows no package."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def load_from(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a module's `__getattr__` (PEP 562): each name is imported from the package's module that is its home."""

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
