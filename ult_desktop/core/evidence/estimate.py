"""The office's own estimate of an indicator: the highest level that holds, and what the next one demands.

Levels demand facts by their names: a figure ("guests"), a list ("parking"), an item ("parking.area"), a
register ("register:review") or a content in media of a form ("media:documents.standard"); see `name_parts`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from ult_desktop.base import _, formats
from ult_desktop.core.evidence.figures import EvidenceFigure
from ult_desktop.core.evidence.instrument import (
    ANY_FORM,
    FORMS,
    Indicator,
    IndicatorLevel,
    Instrument,
    name_parts,
    wanted_parts,
)
from ult_desktop.core.evidence.registers import (
    EvidenceList,
    EvidenceLists,
    EvidenceRecord,
    ListItem,
    Register,
)

MONTH = timedelta(days=365) / 12
_REGISTER_MONTHS = 12  # a demand for a whole register asks for the rows of the last year


class EvidenceFacts(Struct, frozen=True, kw_only=True):
    """The facts for an estimate on `day`: the program's figures, and the rows of the registers."""

    day: date
    figures: Mapping[EvidenceFigure, int]
    records: tuple[EvidenceRecord, ...]
    lists: EvidenceLists

    def records_of(self, name: str) -> tuple[EvidenceRecord, ...]:
        """Return the rows that prove the fact with this name on that day; none for a figure."""
        kind, rest = name_parts(name)
        if kind == "register":
            return tuple(
                record
                for record in self.records
                if record.register is Register(rest) and self._is_in_force(record, _REGISTER_MONTHS)
            )
        if kind in FORMS:
            return tuple(self._publications(kind, rest))
        list_key, dot, _item = rest.partition(".")
        evidence_list = self.lists.find(list_key)
        if evidence_list is None:
            return ()
        records = []
        for record in self.records:
            paths = (record.item, *record.kinds)
            is_named = rest in paths if dot else any(path.startswith(f"{list_key}.") for path in paths)
            if is_named and self._is_in_force(record, evidence_list.months):
                records.append(record)
        return tuple(records)

    def value(self, name: str) -> int:
        """Return a fact as a number: a figure, or how many different items are recorded."""
        if name in set(EvidenceFigure):
            return self.figures.get(EvidenceFigure(name), 0)
        kind, rest = name_parts(name)
        records = self.records_of(name)
        if kind == "register":
            return len(records)
        if kind in FORMS:
            return len({record.item for record in records})
        key, dot, item_key = rest.partition(".")
        evidence_list = self.lists.find(key)
        if evidence_list is None:
            return 0
        recorded = {path for record in records for path in (record.item, *record.kinds)}
        return sum(
            evidence_list.path(item) in recorded or self._is_proved_by_figure(item)
            for item in evidence_list.items
            if not dot or item.key == item_key
        )

    def items_proved_by_figures(self, evidence_list: EvidenceList) -> tuple[ListItem, ...]:
        """Return the items of a list that the program's own figures prove without a row."""
        return tuple(item for item in evidence_list.items if self._is_proved_by_figure(item))

    def words(self, name: str) -> str:
        """Return the words for a fact."""
        if name in set(EvidenceFigure):
            return EvidenceFigure(name).word
        kind, rest = name_parts(name)
        if kind == "register":
            return Register(rest).word
        if kind in FORMS:
            template = {
                ANY_FORM: _("Media yang memuat: {what}"),
                "print": _("Media nonelektronik yang memuat: {what}"),
                "electronic": _("Media elektronik yang memuat: {what}"),
            }[kind]
            return template.format(what=self.lists.words(rest))
        key, dot, _item = rest.partition(".")
        if dot:
            return self.lists.words(rest)
        evidence_list = self.lists.find(key)
        return evidence_list.name if evidence_list else name

    def _is_proved_by_figure(self, item: ListItem) -> bool:
        return item.fact is not None and self.figures.get(item.fact, 0) > 0

    def _publications(self, form: str, content: str) -> Iterator[EvidenceRecord]:
        """Yield the rows of media of a form that publish a content."""
        for record in self.records:
            medium = self.lists.item(record.item)
            has_form = medium is not None and form in (ANY_FORM, medium.form)
            if content in record.kinds and has_form and self._is_in_force(record, 0):
                yield record

    def _is_in_force(self, record: EvidenceRecord, months: int) -> bool:
        """Return whether a row counts on that day, if it counts for so many months; 0: always."""
        today = self.day.isoformat()
        if record.retired or record.day > today:
            return False
        # The `until` of a compensation is the day on which it was given, and ends nothing.
        if record.until and record.until < today and record.register is not Register.COMPENSATION:
            return False
        return not months or record.day >= (self.day - months * MONTH).isoformat()


class IndicatorNote(Struct, frozen=True, kw_only=True):
    """The office's note about an indicator. `level` None: as derived; `due`: an ISO day, "" for none."""

    instrument: str
    number: int
    level: int | None = None
    reason: str = ""
    responsible: str = ""
    due: str = ""

    def is_late(self, today: str) -> bool:
        """Return whether its day has passed."""
        return bool(self.due) and self.due < today


class LevelDemand(Struct, frozen=True, kw_only=True):
    """A demand of a level: a fact by its name and words, how much of it there is, and the least demanded."""

    name: str
    words: str
    actual: int
    least: int

    @property
    def is_met(self) -> bool:
        return self.actual >= self.least

    @property
    def result_words(self) -> str:
        """The demand and how far it is met, in words: "Tempat parkir: 2 dari 3"."""
        if self.least == 1 and self.actual <= 1:
            return (
                _("{what}: ada").format(what=self.words)
                if self.is_met
                else _("{what}: belum").format(what=self.words)
            )
        if self.least == 1:
            return f"{self.words}: {formats.format_number(self.actual, 0)}"
        return _("{what}: {n} dari {least}").format(
            what=self.words,
            n=formats.format_number(self.actual, 0),
            least=formats.format_number(self.least, 0),
        )


class Estimate(Struct, frozen=True, kw_only=True):
    """The office's own estimate of an indicator: the number of the derived level, and the level in force.

    `reasons` are the demands of that level that are met; `lacking` are those of the `following` level that
    are not. `following` None: it is the highest.
    """

    derived: int
    level: IndicatorLevel
    reasons: tuple[LevelDemand, ...]
    following: IndicatorLevel | None
    lacking: tuple[LevelDemand, ...]


def is_demand_met(want: str, facts: EvidenceFacts) -> bool:
    """Return whether a demand ("parking >= 3") is met."""
    return _demand_of(want, facts).is_met


def estimate_of(indicator: Indicator, facts: EvidenceFacts, noted: int | None = None) -> Estimate:
    """Return the estimate with the level that the office `noted`; None: with the highest that is reached.

    A level is reached if its demands are met and, unless it is `alone`, the level below it is reached.
    """
    demands = [tuple(_demand_of(want, facts) for want in level.wants) for level in indicator.levels]
    reached: list[bool] = []  # by the number of the level
    for level, level_demands in zip(indicator.levels, demands, strict=True):
        is_base_reached = level.alone or not reached or reached[-1]
        reached.append(is_base_reached and all(demand.is_met for demand in level_demands))
    derived = max(number for number, is_reached in enumerate(reached) if is_reached or number == 0)
    number = derived if noted is None else min(noted, len(reached) - 1)
    reasons = (demand for demand in _demands_until(indicator, demands, number) if demand.is_met)
    following, lacking = None, list[LevelDemand]()
    if number + 1 < len(reached):
        following = indicator.levels[number + 1]
        next_demands = _demands_until(indicator, demands, number + 1)
        lacking = [demand for demand in next_demands if not demand.is_met]
    return Estimate(
        derived=derived,
        level=indicator.levels[number],
        reasons=tuple(reasons),
        following=following,
        lacking=tuple(lacking),
    )


def _demand_of(want: str, facts: EvidenceFacts) -> LevelDemand:
    name, least = wanted_parts(want)
    return LevelDemand(name=name, words=facts.words(name), actual=facts.value(name), least=least)


def _demands_until(
    indicator: Indicator, demands: list[tuple[LevelDemand, ...]], number: int
) -> list[LevelDemand]:
    """Return all demands of the level `number`, and of the levels below; of each fact the strictest."""
    strictest: dict[str, LevelDemand] = {}
    for below in range(number, -1, -1):
        for demand in demands[below]:
            if demand.name not in strictest or strictest[demand.name].least < demand.least:
                strictest[demand.name] = demand
        if indicator.levels[below].alone:
            break
    return list(strictest.values())


def weighted_sum(instrument: Instrument, levels: Mapping[int, int]) -> float | None:
    """Return the weighted sum (0–5) of `levels`, which are by the indicators' numbers.

    None for an instrument without weights. Both weights are in percent.
    """
    if not any(aspect.weight for aspect in instrument.aspects):
        return None
    return sum(
        instrument.aspect_of(indicator).weight * indicator.weight * levels.get(indicator.number, 0) / 10_000
        for indicator in instrument.indicators
    )


def proved_words(indicator: Indicator, facts: EvidenceFacts) -> Iterator[str]:
    """Yield in words what the program's own figures prove: figures, and items that need no row."""
    names = dict.fromkeys(wanted_parts(want)[0] for level in indicator.levels for want in level.wants)
    yielded = set[str]()
    for name in names:
        if name in set(EvidenceFigure) and facts.value(name):
            yielded.add(name)
            yield _figure_words(facts.words(name), facts.value(name))
        evidence_list = facts.lists.find(name.partition(".")[0])
        for item in facts.items_proved_by_figures(evidence_list) if evidence_list else ():
            if item.key not in yielded and item.fact is not None:
                yielded.add(item.key)
                yield f"{item.name} ({_figure_words(item.fact.word, facts.figures[item.fact])})"


def _figure_words(words: str, number: int) -> str:
    """Return a figure with its number; without it if it is 1, for that may only mean yes."""
    return words if number == 1 else f"{words}: {formats.format_number(number, 0)}"


def missing_words(indicator: Indicator, facts: EvidenceFacts) -> Iterator[str]:
    """Yield in words the proof that an indicator demands and that is not recorded, or has no picture.

    The demands of the next level are left out, for `estimate_of` has them.
    """
    demanded = {demand.name for demand in estimate_of(indicator, facts).lacking}
    for name in indicator.proofs:
        _kind, rest = name_parts(name)
        records = facts.records_of(name)
        # A proof "list:parking" is demanded as "parking".
        if {name, rest} & demanded and not records:
            continue
        for record in records:
            if record.document_id is None:
                what = facts.lists.words(record.item) if record.item else record.title or record.register.word
                yield _("{what}: tanpa foto atau pindaian").format(what=what)
        if not facts.value(name):  # an item of a list can also be proved by a figure of the program
            yield _("{what}: belum ada catatan").format(what=facts.words(name))


def records_behind(indicator: Indicator, facts: EvidenceFacts) -> tuple[EvidenceRecord, ...]:
    """Return the rows of registers that count for an indicator, the newest first, each once."""
    by_id = {record.id: record for name in _fact_names(indicator) for record in facts.records_of(name)}
    return tuple(sorted(by_id.values(), key=lambda record: (record.day, record.id), reverse=True))


def registers_of(indicator: Indicator, lists: EvidenceLists) -> tuple[Register, ...]:
    """Return the registers whose rows can count for an indicator, the nearest first."""
    registers = (_register_of(name, lists) for name in _fact_names(indicator))
    return tuple(dict.fromkeys(filter(None, registers)))


def lists_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the keys of the lists whose items an indicator names."""
    return tuple(dict.fromkeys(name_parts(name)[1].partition(".")[0] for name in _fact_names(indicator)))


def _fact_names(indicator: Indicator) -> list[str]:
    """Return the names of the facts in its proofs and in the demands of its levels."""
    wants = (wanted_parts(want)[0] for level in indicator.levels for want in level.wants)
    return [*indicator.proofs, *wants]


def _register_of(name: str, lists: EvidenceLists) -> Register | None:
    kind, rest = name_parts(name)
    if kind == "register":
        return Register(rest)
    if kind in FORMS:
        return Register.PUBLICATION
    evidence_list = lists.find(rest.partition(".")[0])
    return evidence_list.register if evidence_list else None
