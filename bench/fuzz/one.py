"""Fuzz one target in this process: `python -m bench.fuzz.one TARGET FOLDER [options of libFuzzer]`."""

import sys

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]  # not among what developers need every day

with atheris.instrument_imports(include=["revtrack"]):
    from bench.fuzz.targets import MAY_RAISE, TARGETS


def main() -> None:
    """Give the target inputs until the time is over or one is a finding."""
    target = TARGETS[sys.argv[1]].run

    def run(data: bytes) -> None:
        try:
            target(data)
        except MAY_RAISE:
            return

    for seed in TARGETS[sys.argv[1]].seeds():  # so that no input pays for what is made once in a process
        run(seed)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
