"""Tables of things that were once wrong, each with the tests ("package.module.test") that hold it."""

import importlib
from collections.abc import Mapping, Sequence

Part = Mapping[str, Sequence[str]]


def held_by(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """List each thing with each of its tests.

    Raises:
        ValueError: a thing stands in two parts.
    """
    things = [what for part in parts for what in part]
    twice = {what for what in things if things.count(what) > 1}
    if twice:
        raise ValueError(f"named twice: {', '.join(sorted(twice))}")
    return [(what, test) for part in parts for what, tests in part.items() for test in tests]


def is_there(test: str) -> bool:
    module, name = f"tests.{test}".rsplit(".", 1)
    return callable(getattr(importlib.import_module(module), name, None))
