"""The office's own estimate of an indicator: the highest level that holds, and what the next one demands.

Facts have names: a figure ("guests"), a list ("parking") or its item ("parking.area"), a register
("register:review"), a publication of an item ("media:documents.standard").
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from ult_desktop.base import _, formats
from ult_desktop.core.evidence.figures import EvidenceFigure
from ult_desktop.core.evidence.instrument import Indicator, IndicatorLevel, Instrument, wanted_parts
from ult_desktop.core.evidence.registers import (
    EvidenceList,
    EvidenceLists,
    EvidenceRecord,
    ListItem,
    Register,
)

MONTH = timedelta(days=365) / 12
MEDIA = "media"
_FORMS = (MEDIA, "print", "electronic")


class EvidenceFacts(Struct, frozen=True, kw_only=True):
    """The facts for an estimate on `day`: the program's figures, and the rows of the registers."""

    day: date
    figures: Mapping[EvidenceFigure, int]
    records: tuple[EvidenceRecord, ...]
    lists: EvidenceLists

    def records_of(self, name: str) -> tuple[EvidenceRecord, ...]:
        """Return the rows that count on that day for a fact, by its name; none for a figure."""
        kind, colon, rest = name.partition(":")
        if kind == "register" and colon:
            return tuple(
                each for each in self.records if each.register is Register(rest) and self._counts(each, 12)
            )
        if kind in _FORMS and colon:
            return tuple(self._published(kind, rest))
        key, dot, _item = (rest if kind == "list" else name).partition(".")
        found = self.lists.find(key)
        if found is None:
            return ()
        return tuple(
            each
            for each in self.records
            if self._counts(each, found.months)
            and any(path == name if dot else path.startswith(f"{key}.") for path in (each.item, *each.kinds))
        )

    def value(self, name: str) -> int:
        """Return a fact as a number: a figure, or how many different items are recorded."""
        if name in set(EvidenceFigure):
            return self.figures.get(EvidenceFigure(name), 0)
        kind, colon, _rest = name.partition(":")
        found = self.records_of(name)
        if kind == "register":
            return len(found)
        if kind in _FORMS and colon:
            return len({each.item for each in found})
        key, dot, item = name.partition(".")
        chosen = self.lists.find(key)
        if chosen is None:
            return 0
        recorded = {path for each in found for path in (each.item, *each.kinds)}
        return sum(
            chosen.path(each) in recorded or self._is_shown(each)
            for each in chosen.items
            if not dot or each.key == item
        )

    def shown_items(self, found: EvidenceList) -> tuple[ListItem, ...]:
        """Return the items of a list that the program's own figures show."""
        return tuple(each for each in found.items if self._is_shown(each))

    def words(self, name: str) -> str:
        """Return the words for a fact."""
        if name in set(EvidenceFigure):
            return EvidenceFigure(name).word
        kind, _colon, rest = name.partition(":")
        if kind == "register":
            return Register(rest).word
        if kind in _FORMS:
            template = {
                MEDIA: _("Media yang memuat: {what}"),
                "print": _("Media nonelektronik yang memuat: {what}"),
                "electronic": _("Media elektronik yang memuat: {what}"),
            }[kind]
            return template.format(what=self.lists.words(rest))
        key, dot, _item = (rest if kind == "list" else name).partition(".")
        found = self.lists.find(key)
        return self.lists.words(name) if dot else found.name if found else name

    def _is_shown(self, item: ListItem) -> bool:
        return item.fact is not None and self.figures.get(item.fact, 0) > 0

    def _published(self, form: str, content: str) -> Iterator[EvidenceRecord]:
        for each in self.records:
            medium = self.lists.item(each.item)
            has_form = medium is not None and form in (MEDIA, medium.form)
            if content in each.kinds and has_form and self._counts(each, 0):
                yield each

    def _counts(self, record: EvidenceRecord, months: int) -> bool:
        today = self.day.isoformat()
        if record.retired or record.day > today:
            return False
        if record.until and record.until < today and record.register is not Register.COMPENSATION:
            return False
        return not months or record.day >= (self.day - months * MONTH).isoformat()


class IndicatorNote(Struct, frozen=True, kw_only=True):
    """The office's note about an indicator. `level` None: as derived; `due` is an ISO day, or "" for none."""

    instrument: str
    number: int
    level: int | None = None
    reason: str = ""
    responsible: str = ""
    due: str = ""

    def is_late(self, today: str) -> bool:
        """Return whether its day has passed."""
        return bool(self.due) and self.due < today


class LevelWant(Struct, frozen=True, kw_only=True):
    """A demand of a level: the name of a fact and its words, how much is there, and the least demanded."""

    name: str
    words: str
    there: int
    least: int

    @property
    def holds(self) -> bool:
        return self.there >= self.least

    @property
    def told(self) -> str:
        """The demand in words: "Tempat parkir: 2 dari 3"."""
        if self.least == 1 and self.there <= 1:
            return (
                _("{what}: ada").format(what=self.words)
                if self.holds
                else _("{what}: belum").format(what=self.words)
            )
        if self.least == 1:
            return f"{self.words}: {formats.format_number(self.there, 0)}"
        return _("{what}: {n} dari {least}").format(
            what=self.words,
            n=formats.format_number(self.there, 0),
            least=formats.format_number(self.least, 0),
        )


class Estimate(Struct, frozen=True, kw_only=True):
    """The office's own estimate of an indicator: the number of the derived level, and the level in force.

    `reasons` are the demands of that level that are met; `lacking` are those of the `following` level that
    are not. `following` None: it is the highest.
    """

    derived: int
    level: IndicatorLevel
    reasons: tuple[LevelWant, ...]
    following: IndicatorLevel | None
    lacking: tuple[LevelWant, ...]


def holds(want: str, facts: EvidenceFacts) -> bool:
    """Return whether a want ("parking >= 3") holds."""
    return _wanted(want, facts).holds


def estimate_of(indicator: Indicator, facts: EvidenceFacts, noted: int | None = None) -> Estimate:
    """Return the estimate with the level that the office `noted`; None: with the highest that holds.

    A level holds if its demands are met and, unless it is `alone`, the level below it holds.
    """
    wants = [tuple(_wanted(want, facts) for want in level.wants) for level in indicator.levels]
    held: list[bool] = []
    for level, wanted in zip(indicator.levels, wants, strict=True):
        below = level.alone or not held or held[-1]
        held.append(below and all(each.holds for each in wanted))
    derived = max(place for place, reached in enumerate(held) if reached or place == 0)
    at = derived if noted is None else min(noted, len(held) - 1)
    following = indicator.levels[at + 1] if at + 1 < len(held) else None
    return Estimate(
        derived=derived,
        level=indicator.levels[at],
        reasons=tuple(each for each in _chain(indicator, wants, at) if each.holds),
        following=following,
        lacking=tuple(each for each in _chain(indicator, wants, at + 1) if not each.holds)
        if following
        else (),
    )


def _wanted(want: str, facts: EvidenceFacts) -> LevelWant:
    name, least = wanted_parts(want)
    return LevelWant(name=name, words=facts.words(name), there=facts.value(name), least=least)


def _chain(indicator: Indicator, wants: list[tuple[LevelWant, ...]], at: int) -> list[LevelWant]:
    """Return all demands of the level `at`, with those of the levels below it; of a name the strictest."""
    found: dict[str, LevelWant] = {}
    while at >= 0:
        for each in wants[at]:
            if each.name not in found or found[each.name].least < each.least:
                found[each.name] = each
        if indicator.levels[at].alone:
            break
        at -= 1
    return list(found.values())


def weighted(instrument: Instrument, levels: Mapping[int, int]) -> float | None:
    """Return the weighted sum (0–5) of `levels`, by indicator; None for an instrument without weights."""
    if not any(each.weight for each in instrument.aspects):
        return None
    return sum(
        instrument.aspect_of(each).weight * each.weight * levels.get(each.number, 0) / 10_000
        for each in instrument.indicators
    )


def shown_words(indicator: Indicator, facts: EvidenceFacts) -> Iterator[str]:
    """Yield in words what the program's own figures prove: figures, and items that need no row."""
    names = dict.fromkeys(wanted_parts(want)[0] for level in indicator.levels for want in level.wants)
    told = set[str]()
    for name in names:
        if name in set(EvidenceFigure) and facts.value(name):
            told.add(name)
            yield _numbered(facts.words(name), facts.value(name))
        found = facts.lists.find(name.partition(".")[0])
        for item in facts.shown_items(found) if found else ():
            if item.key not in told and item.fact is not None:
                told.add(item.key)
                yield f"{item.name} ({_numbered(item.fact.word, facts.figures[item.fact])})"


def _numbered(words: str, number: int) -> str:
    """Return a figure with its number; without it if it is 1, for that may only mean yes."""
    return words if number == 1 else f"{words}: {formats.format_number(number, 0)}"


def missing_words(indicator: Indicator, facts: EvidenceFacts) -> Iterator[str]:
    """Yield in words the proof that an indicator demands and that is not recorded, or has no picture.

    What the next level lacks is left out: `estimate_of` says that.
    """
    told = {each.name for each in estimate_of(indicator, facts).lacking}
    for name in indicator.proofs:
        kind, colon, rest = name.partition(":")
        if {name, rest} & told and not facts.records_of(name):
            continue
        found = facts.records_of(name)
        if kind == "list" and colon:
            yield from _without_picture(found, facts)
            if facts.value(rest) == 0:
                yield _("{what}: belum ada catatan").format(what=facts.words(name))
        elif not found:
            yield _("{what}: belum ada catatan").format(what=facts.words(name))
        else:
            yield from _without_picture(found, facts)


def _without_picture(found: Iterable[EvidenceRecord], facts: EvidenceFacts) -> Iterator[str]:
    for each in found:
        if each.document_id is None:
            what = facts.lists.words(each.item) if each.item else each.title or each.register.word
            yield _("{what}: tanpa foto atau pindaian").format(what=what)


def records_behind(indicator: Indicator, facts: EvidenceFacts) -> tuple[EvidenceRecord, ...]:
    """Return the rows of registers that count for an indicator, the newest first, each once."""
    found = {each.id: each for name in _named(indicator) for each in facts.records_of(name)}
    return tuple(sorted(found.values(), key=lambda each: (each.day, each.id), reverse=True))


def registers_of(indicator: Indicator, lists: EvidenceLists) -> tuple[Register, ...]:
    """Return the registers whose rows can count for an indicator, the nearest first."""
    found = dict.fromkeys(filter(None, (_register_of(name, lists) for name in _named(indicator))))
    return tuple(found)


def lists_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the keys of the lists whose items an indicator names."""
    return tuple(dict.fromkeys(name.rpartition(":")[2].partition(".")[0] for name in _named(indicator)))


def _named(indicator: Indicator) -> list[str]:
    wants = (wanted_parts(want)[0] for level in indicator.levels for want in level.wants)
    return [*indicator.proofs, *wants]


def _register_of(name: str, lists: EvidenceLists) -> Register | None:
    kind, _colon, rest = name.partition(":")
    if kind == "register":
        return Register(rest)
    if kind in _FORMS:
        return Register.PUBLICATION
    key = (rest if kind == "list" else name).partition(".")[0]
    found = lists.find(key)
    return found.register if found else None
