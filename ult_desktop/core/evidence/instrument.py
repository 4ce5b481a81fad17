"""An instrument of judgement (PEKPPP, a checklist) as data: its indicators, levels, sources and doubts."""

import datetime
from calendar import monthrange
from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ult_desktop.base import _
from ult_desktop.base.toml_lines import Contradiction, Keys
from ult_desktop.core.evidence.figures import EvidenceFigure, EvidenceTable
from ult_desktop.core.evidence.registers import EvidenceLists, Key, Register
from ult_desktop.core.office.template import Filled, require_known, require_unique, with_keys

ANY_FORM = "media"
FORMS = (ANY_FORM, "print", "electronic")  # of a medium, before the content that it publishes
Want = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9_:.]+ >= \d{1,9}$",
        description="nama bukti atau angka, >=, lalu bilangan: “parking >= 3”",
    ),
]
Weight = Annotated[float, Meta(ge=0, le=100)]
HIGHEST = 5  # level of an indicator


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
    """A day in some months, of which the head is reminded from `ahead` days before it.

    The reminder ends when the demands in `done` are met, and says that it is late after the day; without
    `done` it ends with the day.
    """

    key: Key
    months: Annotated[tuple[Annotated[int, Meta(ge=1, le=12)], ...], Meta(min_length=1)]
    day: Annotated[int, Meta(ge=1, le=31)]
    ahead: Annotated[int, Meta(ge=0, le=180)]
    text: Filled
    done: tuple[Want, ...] = ()
    doubt: str = ""

    def dates_in(self, year: int) -> tuple[datetime.date, ...]:
        """Return its dates in that year; in a month that is too short, the last day."""
        last_days = ((month, monthrange(year, month)[1]) for month in self.months)
        return tuple(datetime.date(year, month, min(self.day, last)) for month, last in last_days)


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
    hold. `formula` and `doubt` are shown with every estimate.
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
        sources = [source.key for source in self.sources]
        require_unique(_("sumber"), with_keys("sources", "key", sources))
        require_unique(
            _("nomor indikator"),
            with_keys("indicators", "number", [indicator.number for indicator in self.indicators]),
        )
        require_known(
            _("aspek"),
            with_keys("indicators", "aspect", [indicator.aspect for indicator in self.indicators]),
            [aspect.key for aspect in self.aspects],
        )
        for index, indicator in enumerate(self.indicators):
            where = ("indicators", index, "sources")
            require_known(_("sumber"), [(where, key) for key in indicator.sources], sources)
        for index, indicator in enumerate(self.indicators):
            if [level.level for level in indicator.levels] != list(range(len(indicator.levels))):
                raise Contradiction(
                    _("tingkat harus berurutan mulai dari 0"), ("indicators", index, "levels")
                )

    def indicator(self, number: int) -> Indicator | None:
        return next((indicator for indicator in self.indicators if indicator.number == number), None)

    def aspect_of(self, indicator: Indicator) -> Aspect:
        return next(aspect for aspect in self.aspects if aspect.key == indicator.aspect)

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


def name_parts(name: str) -> tuple[str, str]:
    """Return the kind that stands before the name of a fact, "" if none does, and the rest.

    A figure ("guests"), a list ("parking") and its item ("parking.area") have no kind. The others are all of
    a list ("list:parking"), a register ("register:review"), and the publication of a content in media of a
    form ("media:documents.standard").
    """
    kind, colon, rest = name.partition(":")
    return (kind, rest) if colon else ("", name)


def require_known_facts(instrument: Instrument, lists: EvidenceLists) -> None:
    """Check that every name in levels and proofs is that of a figure, an item, a list or a register.

    Raises:
        Contradiction: one is not.
    """
    for where, name in _fact_names(instrument):
        if not is_fact(name, lists):
            known = [figure.value for figure in EvidenceFigure]
            known += [evidence_list.key for evidence_list in lists.lists]
            raise Contradiction(
                _("bukti atau angka “{name}” tidak dikenal").format(name=name),
                where,
                _("Yang ada: {names}; juga daftar.butir, media:daftar.butir, dan register:nama.").format(
                    names=", ".join(known)
                ),
            )


def is_fact(name: str, lists: EvidenceLists) -> bool:
    """Return whether a name is that of a fact."""
    kind, rest = name_parts(name)
    if kind in FORMS:
        return lists.item(rest) is not None
    if kind == "list":
        return lists.find(rest) is not None
    if kind == "register":
        return rest in set(Register)
    return name in set(EvidenceFigure) or lists.find(name) is not None or lists.item(name) is not None


def _fact_names(instrument: Instrument) -> Iterator[tuple[Keys, str]]:
    """Yield each place in the instrument's file that names a fact, and the name."""
    for index, reminder in enumerate(instrument.reminders):
        for want in reminder.done:
            yield ("reminders", index, "done"), wanted_parts(want)[0]
    for index, indicator in enumerate(instrument.indicators):
        for level in indicator.levels:
            for want in level.wants:
                yield ("indicators", index, "levels"), wanted_parts(want)[0]
        for proof in indicator.proofs:
            yield ("indicators", index, "proofs"), proof
