"""A random value of any type that a command or a question takes, mostly one that means something."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from msgspec import inspect

from ult_desktop.core.stamps import DAY_MS

DAYS = ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-30", "2026-12-01", "2025-02-29", "")
DAY_WORDS = ("day", "first", "last", "since", "until", "date")
MOMENT_WORDS = ("at", "now", "begin", "end", "begins", "ends")
TEXTS = (
    *("", "a", "A", "Dedi Kurniawan", 'D\'Arc "x"', "100%_\\", "%", "Ñandú İß", "ñandú iSS", "\U0001f600"),
    *(
        "0811-390-6669",
        "08113906669",
        "dedi@dinas.go.id",
        "A001",
        "{}",
        "[]",
        "null",
        "1",
        "-1",
        " x ",
        "a\nb",
    ),
    *(
        "front1",
        "kiosk",
        "informasi",
        "uang tunjangan profesi guru",
        "é",
        "e\u0301",
        "z" * 300,
        "?",
        ":a $1 %s",
    ),
)
COUNTS = ("limit", "most")  # how much is wanted: nobody wants less than one
_NOTHING_RATE, _LEFT_OUT_RATE = 0.5, 0.4


class UnknownTypeError(Exception):
    """The error that nobody types such a value: it comes from elsewhere."""


class AnyValue:
    """A maker of random values.

    Args:
        chance: the dice.
        numbers: which rows there are of what a field names ("visit" of `visit_id`).
        now: the time, UTC ms.
    """

    def __init__(
        self, chance: Random, numbers: Callable[[str], Sequence[int]], now: Callable[[], int]
    ) -> None:
        self._chance, self._numbers, self._now = chance, numbers, now

    def of(self, kind: Any, name: str) -> Any:  # noqa: ANN401  (a type of any kind)
        """Make a value of a type; raises UnknownTypeError where it cannot be made."""
        try:
            told = inspect.type_info(kind)
        except TypeError as error:
            raise UnknownTypeError(kind) from error
        return self._made(told, name)

    def _made(self, kind: inspect.Type, name: str) -> Any:  # noqa: ANN401  (as `of`)
        chance = self._chance
        match kind:
            case inspect.UnionType(types=types):
                return self._one_of(types, name)
            case inspect.EnumType(cls=cls):
                return chance.choice(list(cls))
            case inspect.LiteralType(values=values):
                return chance.choice(values)
            case inspect.StructType():
                return self._struct(kind)
            case inspect.NoneType() | inspect.BoolType() | inspect.IntType() | inspect.FloatType():
                return self._plain(kind, name)
            case inspect.StrType() | inspect.AnyType() | inspect.BytesType():
                return self._plain(kind, name)
            case _:
                return self._several(kind, name)

    def _several(self, kind: inspect.Type, name: str) -> Any:  # noqa: ANN401  (as `of`)
        match kind:
            case inspect.TupleType(item_types=items):
                return tuple(self._made(each, name) for each in items)
            case inspect.VarTupleType(item_type=item) | inspect.CollectionType(item_type=item):
                return tuple(self._some(item, name))
            case inspect.FrozenSetType(item_type=item) | inspect.SetType(item_type=item):
                return frozenset(self._some(item, name))
            case inspect.DictType(key_type=key, value_type=value):
                keys = self._some(key, name)
                return {each: self._made(value, name) for each in keys}
        raise UnknownTypeError(kind)

    def _plain(self, kind: inspect.Type, name: str) -> Any:  # noqa: ANN401  (as `of`)
        chance = self._chance
        match kind:
            case inspect.NoneType():
                return None
            case inspect.BoolType():
                return chance.random() < 0.5
            case inspect.IntType():
                return self._number(name)
            case inspect.FloatType():
                return chance.choice((0.0, 0.5, 1.5, 100.0))
            case inspect.StrType(min_length=least):
                return self._text(name, least or 0)
            case inspect.AnyType():
                return self._text(name)
            case inspect.BytesType():
                return chance.randbytes(chance.choice((0, 1, 32)))
        raise UnknownTypeError(kind)

    def _one_of(self, types: tuple[inspect.Type, ...], name: str) -> Any:  # noqa: ANN401  (as `of`)
        some = [each for each in types if not isinstance(each, inspect.NoneType)]
        if len(some) < len(types) and self._chance.random() < _NOTHING_RATE:
            return None
        return self._made(self._chance.choice(some), name)

    def _struct(self, kind: inspect.StructType) -> Any:  # noqa: ANN401  (as `of`)
        given = (each for each in kind.fields if each.required or self._chance.random() >= _LEFT_OUT_RATE)
        values = {each.name: self._made(each.type, each.name) for each in given}
        try:
            return kind.cls(**values)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise UnknownTypeError(kind.cls) from error

    def _some(self, kind: inspect.Type, name: str) -> list[Any]:
        return [self._made(kind, name) for _each in range(self._chance.choice((0, 1, 1, 2)))]

    def _number(self, name: str) -> int:
        chance, last = self._chance, name.rpartition("_")[2]
        if last in MOMENT_WORDS:
            return self._now() + chance.choice((0, 0, -1, 60_000, -3_600_000, DAY_MS, -DAY_MS))
        if last in ("id", "visits", "ids") and (found := self._numbers(name.rpartition("_")[0])):
            return chance.choice((found[-1], chance.choice(found)))
        if name == "year":
            return chance.choice((2025, 2026, 2027))
        least = 1 if name in COUNTS else -1
        return chance.choice((1, 1, 2, 3, 5, 12, 100, max(0, least), least))

    def _text(self, name: str, least: int = 0) -> str:
        is_day = set(name.split("_")) & set(DAY_WORDS)
        return self._chance.choice([text for text in (DAYS if is_day else TEXTS) if len(text) >= least])
