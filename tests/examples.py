"""How often a property is tried: a quarter of its examples in the quick gate, all in the whole one."""

from hypothesis import settings

ENOUGH = 5


def examples(count: int) -> settings:
    """Decorate a property with this; `count` is what the whole gate tries.

    The profile in force says which share of a hundred examples it tries (`tests/conftest.py`).
    """
    return settings(max_examples=max(ENOUGH, count * settings().max_examples // 100))
