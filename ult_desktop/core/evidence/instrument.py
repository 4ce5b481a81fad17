"""An instrument of judgement (PEKPPP, a checklist) as data: its indicators, levels, sources and doubts."""

import datetime
from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ult_desktop.base import _
from ult_desktop.base.toml_lines import Contradiction, Keys
from ult_desktop.core.evidence.figures import EvidenceFigure, EvidenceTable
from ult_desktop.core.evidence.registers import EvidenceLists, Key, Register
from ult_desktop.core.office.template import Filled, require_known, require_unique, with_keys

_FORMS = ("media", "print", "electronic")
Want = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9_:.]+ >= \d{1,9}$",
        description="nama bukti atau angka, >=, lalu bilangan: “parking >= 3”",
    ),
]
Weight = Annotated[float, Meta(ge=0, le=100)]
HIGHEST = 5


class InstrumentSource(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source, and how far it can be trusted: seen, seen but weak, or general knowledge."""

    key: Key
    name: Filled
    mark: Literal["seen", "weak", "general"]

    @property
    def words(self) -> str:
        marks = {"seen": "", "weak": _("sumber lemah"), "general": _("pengetahuan umum, belum diperiksa")}
        mark = marks[self.mark]
        return f"{self.name} ({mark})" if mark else self.name


class InstrumentReminder(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A day in some months of which the head is reminded from `ahead` days before it.

    With `done` it is told until that holds, and as late afterwards; without, until its day.
    """

    key: Key
    months: Annotated[tuple[Annotated[int, Meta(ge=1, le=12)], ...], Meta(min_length=1)]
    day: Annotated[int, Meta(ge=1, le=31)]
    ahead: Annotated[int, Meta(ge=0, le=180)]
    text: Filled
    done: tuple[Want, ...] = ()
    doubt: str = ""

    def on(self, year: int) -> tuple[datetime.date, ...]:
        """Return its dates in that year, each at most its month's last."""
        return tuple(_day_in(year, month, self.day) for month in self.months)


def _day_in(year: int, month: int, day: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    after = (first + datetime.timedelta(31)).replace(day=1)
    return min(first + datetime.timedelta(day - 1), after - datetime.timedelta(1))


class Aspect(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A group of indicators with its weight in percent."""

    key: Key
    name: Filled
    weight: Weight


class IndicatorLevel(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A level of an indicator, and the demands that it adds to those of the level below it.

    `alone`: only its own demands count.
    """

    level: Annotated[int, Meta(ge=0, le=HIGHEST)]
    text: Filled
    wants: tuple[Want, ...] = ()
    alone: bool = False


class Indicator(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An indicator: its levels, the figures' tables that belong to it, and the proof that it asks for.

    `weight` is in percent of its aspect. Proof is an item ("documents.standard"), all of a list
    ("list:parking") or a register ("register:review").
    """

    number: Annotated[int, Meta(ge=1, le=999)]
    aspect: Key
    weight: Weight
    title: Filled
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    levels: Annotated[tuple[IndicatorLevel, ...], Meta(min_length=2, max_length=HIGHEST + 1)]
    tables: tuple[EvidenceTable, ...] = ()
    proofs: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def heading(self) -> str:
        """Its number and its title: "15. Tempat parkir"."""
        return f"{self.number}. {self.title}"


class Instrument(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An instrument. Raises ValueError when its parts contradict each other.

    `kind`: levels with weights, or checks that are there or not. `since` is the day from which it is known to
    hold. `formula` and `doubt` are told with every estimate.
    """

    id: Annotated[
        str, Meta(pattern=r"^[a-z][a-z0-9_-]*$", description="huruf kecil tanpa spasi, misalnya pekppp")
    ]
    version: Annotated[int, Meta(ge=1)]
    since: datetime.date
    title: Filled
    sources: Annotated[tuple[InstrumentSource, ...], Meta(min_length=1)]
    aspects: Annotated[tuple[Aspect, ...], Meta(min_length=1)]
    indicators: Annotated[tuple[Indicator, ...], Meta(min_length=1)]
    kind: Literal["levels", "checks"] = "levels"
    formula: str = ""
    doubt: str = ""
    categories: tuple[Filled, ...] = ()
    reminders: tuple[InstrumentReminder, ...] = ()

    def __post_init__(self) -> None:
        sources = [each.key for each in self.sources]
        require_unique(_("sumber"), with_keys("sources", "key", sources))
        require_unique(
            _("nomor indikator"), with_keys("indicators", "number", [each.number for each in self.indicators])
        )
        require_known(
            _("aspek"),
            with_keys("indicators", "aspect", [each.aspect for each in self.indicators]),
            [each.key for each in self.aspects],
        )
        named = [
            (("indicators", at, "sources"), key)
            for at, each in enumerate(self.indicators)
            for key in each.sources
        ]
        require_known(_("sumber"), named, sources)
        for at, each in enumerate(self.indicators):
            if [level.level for level in each.levels] != list(range(len(each.levels))):
                raise Contradiction(_("tingkat harus berurutan mulai dari 0"), ("indicators", at, "levels"))

    def indicator(self, number: int) -> Indicator | None:
        return next((each for each in self.indicators if each.number == number), None)

    def aspect_of(self, indicator: Indicator) -> Aspect:
        return next(each for each in self.aspects if each.key == indicator.aspect)

    @property
    def edition_words(self) -> str:
        """The words that every paper bears: title, version and the year from which it is known."""
        return _("{title}, versi {n}, sejak {year}").format(
            title=self.title, n=self.version, year=self.since.year
        )


def wanted_parts(want: str) -> tuple[str, int]:
    """Return the fact that a demand names, and the least that it demands."""
    name, _sign, least = want.partition(" >= ")
    return name, int(least)


def require_known_facts(instrument: Instrument, lists: EvidenceLists) -> None:
    """Check that every name in levels and proofs is that of a figure, an item, a list or a register.

    Raises:
        Contradiction: one is not.
    """
    for where, name in _named(instrument):
        if not is_fact(name, lists):
            known = ", ".join([*(each.value for each in EvidenceFigure), *(each.key for each in lists.lists)])
            raise Contradiction(
                _("bukti atau angka “{name}” tidak dikenal").format(name=name),
                where,
                _("Yang ada: {names}; juga daftar.butir, media:daftar.butir, dan register:nama.").format(
                    names=known
                ),
            )


def is_fact(name: str, lists: EvidenceLists) -> bool:
    """Return whether a name is that of a fact, as in `estimate.py`."""
    kind, colon, rest = name.partition(":")
    if kind in _FORMS and colon:
        return lists.item(rest) is not None
    if kind == "list" and colon:
        return lists.find(rest) is not None
    if kind == "register" and colon:
        return rest in set(Register)
    return name in set(EvidenceFigure) or lists.find(name) is not None or lists.item(name) is not None


def _named(instrument: Instrument) -> Iterator[tuple[Keys, str]]:
    for at, reminder in enumerate(instrument.reminders):
        for want in reminder.done:
            yield ("reminders", at, "done"), wanted_parts(want)[0]
    for at, indicator in enumerate(instrument.indicators):
        for level in indicator.levels:
            for want in level.wants:
                yield ("indicators", at, "levels"), wanted_parts(want)[0]
        for proof in indicator.proofs:
            yield ("indicators", at, "proofs"), proof
